package waymark.rules.api_definitions_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.api_definitions

test_takes_a_good_component if count(api_definitions.deny) == 0 with input as fixtures.facts

test_not_in_the_catalog if {
	api_definitions.deny == {{
		"msg": "the API labels-api is not in the catalog",
		"file": "catalog-info.yaml",
		"document": 0,
		"path": ["spec", "providesApis", 0],
	}} with input as fixtures.set_of("/catalog/apis", [])
}

test_each_field_is_asked_for if {
	every field in ["metadata/description", "spec/definition"] {
		path := concat("", ["/catalog/apis/0/", field])
		every facts in [fixtures.removed_of(path), fixtures.set_of(path, ""), fixtures.set_of(path, {})] {
			fixtures.said(api_definitions.deny) == {sprintf("the API labels-api has no %s", [replace(field, "/", ".")])} with input as facts
		}
	}
}

test_every_way_to_name_it if {
	every ref in ["labels-api", "default/labels-api", "api:default/labels-api", "api:labels-api"] {
		count(api_definitions.deny) == 0 with input as fixtures.set_of("/catalog/entity/spec/providesApis", [ref])
	}
}

test_definition_in_a_file if {
	count(api_definitions.deny) == 0 with input as fixtures.set_of("/catalog/apis/0/spec/definition", {"$text": "./api/openapi.yaml"})
}

test_without_an_api_it_does_not_apply if {
	api_definitions.applies with input as fixtures.facts
	every facts in [fixtures.removed_of("/catalog/entity/spec/providesApis"), fixtures.set_of("/catalog/entity/spec/providesApis", [])] {
		not api_definitions.applies with input as facts
	}
}

test_not_looked_up_says_nothing if {
	count(api_definitions.deny) == 0 with input as fixtures.removed_of("/catalog/apis")
}
