package waymark.rules.on_call_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.on_call

test_takes_a_good_component if count(on_call.deny) == 0 with input as fixtures.facts

without_page(facts) := json.patch(facts, [{"op": "replace", "path": "/repository/files", "value": fixtures.others({"docs/on-call.md"})}])

unpaged := without_page(json.patch(fixtures.removed_of("/catalog/entity/metadata/annotations"), [{"op": "replace", "path": "/slo/paging", "value": []}]))

test_none if {
	on_call.deny == {{"msg": "nothing says who is called: write docs/on-call.md, or annotate the paging service in catalog-info.yaml"}} with input as unpaged
}

test_a_page_is_enough if {
	every path in ["docs/on-call.md", "ONCALL.md", "docs/on_call/rota.md"] {
		count(on_call.deny) == 0 with input as json.patch(unpaged, [{"op": "add", "path": "/repository/files/-", "value": {"path": path}}])
	}
}

test_a_paging_service_is_enough if {
	count(on_call.deny) == 0 with input as json.patch(unpaged, [{"op": "add", "path": "/catalog/entity/metadata/annotations", "value": {"opsgenie.com/team": "delivery"}}])
	count(on_call.deny) == 0 with input as json.patch(unpaged, [{"op": "add", "path": "/slo/paging", "value": ["alertmanager:delivery"]}])
}

test_a_library_needs_none if {
	not on_call.applies with input as fixtures.set_of("/catalog/entity/spec/type", "library")
}
