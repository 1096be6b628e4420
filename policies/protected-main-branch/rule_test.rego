package waymark.rules.protected_main_branch_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.protected_main_branch

test_takes_a_good_component if count(protected_main_branch.deny) == 0 with input as fixtures.facts

test_each_is_asked_for if {
	protected_main_branch.deny == {{"msg": "the default branch is not protected"}} with input as fixtures.set_of("/delivery/protection", null)
	protected_main_branch.deny == {{"msg": "the default branch requires no check to pass"}} with input as fixtures.set_of("/delivery/protection/requiredChecks", [])
	protected_main_branch.deny == {{"msg": "the history of the default branch can be overwritten: forbid force pushes"}} with input as fixtures.set_of("/delivery/protection/forcePushes", true)
}

test_archived if {
	archived := fixtures.patched([
		{"op": "replace", "path": "/delivery/archived", "value": true},
		{"op": "replace", "path": "/delivery/protection", "value": null},
	])
	not protected_main_branch.applies with input as archived
	count(protected_main_branch.deny) == 0 with input as archived
}
