package waymark.rules.paging_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.paging

test_takes_a_good_component if count(paging.deny) == 0 with input as fixtures.facts

unpaged(patches) := json.patch(fixtures.facts, array.concat(
	[
		{"op": "replace", "path": "/slo/paging", "value": []},
		{"op": "replace", "path": "/catalog/entity/metadata/annotations", "value": {}},
	],
	patches,
))

test_nobody if {
	paging.deny == {{
		"msg": "nobody is paged: no annotation names a paging service",
		"file": "catalog-info.yaml",
		"document": 0,
		"path": ["metadata", "annotations"],
	}} with input as unpaged([])
}

test_either_is_enough if {
	count(paging.deny) == 0 with input as unpaged([{"op": "add", "path": "/slo/paging/-", "value": "alertmanager:delivery"}])
	count(paging.deny) == 0 with input as unpaged([{"op": "add", "path": "/catalog/entity/metadata/annotations/opsgenie.com~1team", "value": "delivery"}])
}

test_an_experiment_pages_nobody if {
	not paging.applies with input as unpaged([{"op": "replace", "path": "/catalog/entity/spec/lifecycle", "value": "experimental"}])
	not paging.applies with input as unpaged([{"op": "replace", "path": "/catalog/entity/spec/type", "value": "library"}])
}
