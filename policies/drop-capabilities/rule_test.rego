package waymark.rules.drop_capabilities_test

import data.waymark.lib.fixtures_test as fixtures
import data.waymark.rules.drop_capabilities

test_takes_a_good_release if count(drop_capabilities.deny) == 0 with input as fixtures.release(fixtures.items)

test_keeps_some if {
	every kind in fixtures.every_kind {
		fixtures.named(drop_capabilities.deny) == {kind} with input as fixtures.removed_in(kind, "/securityContext/capabilities")
		fixtures.named(drop_capabilities.deny) == {kind} with input as fixtures.set_in(kind, "/securityContext/capabilities/drop", ["NET_RAW"])
	}
}

test_adds_one if {
	{verdict.msg | some verdict in drop_capabilities.deny} == {"Job/migrate: container service adds the capability NET_ADMIN"} with input as fixtures.set_in("Job", "/securityContext/capabilities/add", ["NET_ADMIN"])
}
