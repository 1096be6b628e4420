package waymark.rules.reviewed_changes_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.reviewed_changes

test_takes_a_good_component if count(reviewed_changes.deny) == 0 with input as fixtures.facts

test_no_review if {
	reviewed_changes.deny == {{"msg": "the default branch requires no review"}} with input as fixtures.set_of("/delivery/protection/requiredReviews", 0)
}

test_no_protection_is_another_rule if {
	not reviewed_changes.applies with input as fixtures.set_of("/delivery/protection", null)
	count(reviewed_changes.deny) == 0 with input as fixtures.set_of("/delivery/protection", null)
}

test_archived if {
	not reviewed_changes.applies with input as fixtures.set_of("/delivery/archived", true)
}
