package waymark.rules.owner_is_a_group_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.owner_is_a_group

test_takes_a_good_component if count(owner_is_a_group.deny) == 0 with input as fixtures.facts

test_leads_to_nothing if {
	owner_is_a_group.deny == {{
		"msg": "spec.owner group:default/delivery leads to nothing in the catalog",
		"value": "group:default/delivery",
		"file": "catalog-info.yaml",
		"document": 0,
		"path": ["spec", "owner"],
	}} with input as fixtures.set_of("/catalog/owner", null)
}

test_a_person if {
	fixtures.said(owner_is_a_group.deny) == {"spec.owner group:default/delivery is a user: name a group"} with input as fixtures.set_of("/catalog/owner/kind", "User")
}

test_without_an_owner_it_does_not_apply if {
	every facts in [fixtures.removed_of("/catalog/entity/spec/owner"), fixtures.set_of("/catalog/entity/spec/owner", "")] {
		not owner_is_a_group.applies with input as facts
		count(owner_is_a_group.deny) == 0 with input as object.union(facts, {"catalog": {"owner": null}})
	}
}

test_not_looked_up_says_nothing if {
	count(owner_is_a_group.deny) == 0 with input as fixtures.removed_of("/catalog/owner")
}
