package waymark.rules.catalog_fields_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.catalog_fields

test_takes_a_good_component if count(catalog_fields.deny) == 0 with input as fixtures.facts

test_each_field_is_asked_for if {
	every field in ["metadata/name", "metadata/description", "spec/owner", "spec/lifecycle"] {
		path := concat("", ["/catalog/entity/", field])
		every facts in [fixtures.removed_of(path), fixtures.set_of(path, " "), fixtures.set_of(path, 7)] {
			catalog_fields.deny == {{
				"msg": sprintf("%s is missing or empty", [replace(field, "/", ".")]),
				"file": "catalog-info.yaml",
				"document": 0,
				"path": split(field, "/"),
			}} with input as facts
		}
	}
}
