package waymark.rules.resource_limits_test

import data.waymark.lib.fixtures_test as fixtures
import data.waymark.rules.resource_limits

test_takes_a_good_release if count(resource_limits.deny) == 0 with input as fixtures.release(fixtures.items)

test_each_is_asked_for if {
	every part in ["requests", "limits"] {
		every resource in ["cpu", "memory"] {
			resource_limits.deny == {{
				"msg": sprintf("Job/migrate: container service has no %s in resources.%s", [resource, part]),
				"kind": "Job",
				"name": "migrate",
				"path": ["spec", "template", "spec", "containers", 0, "resources", part, resource],
			}} with input as fixtures.removed_in("Job", sprintf("/resources/%s/%s", [part, resource]))
		}
	}
}

test_none_at_all if {
	every kind in fixtures.every_kind {
		fixtures.named(resource_limits.deny) == {kind} with input as fixtures.removed_in(kind, "/resources")
		count(resource_limits.deny) == 4 with input as fixtures.removed_in(kind, "/resources")
	}
}
