package waymark.rules.golden_path_or_reason_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.golden_path_or_reason

test_takes_a_good_component if count(golden_path_or_reason.deny) == 0 with input as fixtures.facts

bare := fixtures.removed_of("/catalog/entity/metadata/annotations")

test_neither if {
	golden_path_or_reason.deny == {{
		"msg": "is on no golden path, and no annotation waymark.dev/off-road says why",
		"file": "catalog-info.yaml",
		"document": 0,
		"path": ["metadata", "annotations"],
	}} with input as bare
	count(golden_path_or_reason.deny) == 1 with input as fixtures.annotated("waymark.dev/off-road", " ")
}

test_on_a_path if {
	every patch in [
		{"op": "add", "path": "/catalog/entity/metadata/annotations", "value": {"waymark.dev/template": "template:default/node-api"}},
		{"op": "add", "path": "/catalog/entity/spec/scaffoldedFrom", "value": "template:default/node-api"},
		{"op": "add", "path": "/repository/files/-", "value": {"path": ".waymark/scaffold.yaml"}},
	] {
		count(golden_path_or_reason.deny) == 0 with input as json.patch(bare, [patch])
	}
}

test_no_path_makes_a_library if {
	not golden_path_or_reason.applies with input as fixtures.set_of("/catalog/entity/spec/type", "library")
}
