package waymark.rules.no_privilege_escalation_test

import data.waymark.lib.fixtures_test as fixtures
import data.waymark.rules.no_privilege_escalation

test_takes_a_good_release if count(no_privilege_escalation.deny) == 0 with input as fixtures.release(fixtures.items)

test_escalation if {
	every kind in fixtures.every_kind {
		fixtures.named(no_privilege_escalation.deny) == {kind} with input as fixtures.removed_in(kind, "/securityContext/allowPrivilegeEscalation")
		fixtures.named(no_privilege_escalation.deny) == {kind} with input as fixtures.set_in(kind, "/securityContext/allowPrivilegeEscalation", true)
	}
}

test_privileged if {
	fixtures.named(no_privilege_escalation.deny) == {"Job"} with input as fixtures.set_in("Job", "/securityContext/privileged", true)
	count(no_privilege_escalation.deny) == 0 with input as fixtures.set_in("Job", "/securityContext/privileged", false)
}
