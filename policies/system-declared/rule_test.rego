package waymark.rules.system_declared_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.system_declared

test_takes_a_good_component if count(system_declared.deny) == 0 with input as fixtures.facts

test_none if {
	every facts in [fixtures.removed_of("/catalog/entity/spec/system"), fixtures.set_of("/catalog/entity/spec/system", "")] {
		system_declared.deny == {{
			"msg": "spec.system is missing",
			"file": "catalog-info.yaml",
			"document": 0,
			"path": ["spec", "system"],
		}} with input as facts
	}
}
