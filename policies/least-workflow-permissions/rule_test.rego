package waymark.rules.least_workflow_permissions_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.least_workflow_permissions

test_takes_a_good_component if count(least_workflow_permissions.deny) == 0 with input as fixtures.facts

test_everything if {
	least_workflow_permissions.deny == {{
		"msg": "may do everything: name what it needs instead of write-all",
		"file": ".github/workflows/ci.yaml",
		"path": ["permissions"],
	}} with input as fixtures.with_workflow([{"op": "replace", "path": "/permissions", "value": "write-all"}])
	least_workflow_permissions.deny == {{
		"msg": "the job image may do everything: name what it needs instead of write-all",
		"file": ".github/workflows/ci.yaml",
		"path": ["jobs", "image", "permissions"],
	}} with input as fixtures.with_workflow([{"op": "add", "path": "/jobs/image/permissions", "value": "write-all"}])
}

test_nothing_is_said if {
	least_workflow_permissions.deny == {{
		"msg": "the job image names no permissions, and neither does the workflow",
		"file": ".github/workflows/ci.yaml",
		"path": ["jobs", "image"],
	}} with input as fixtures.with_workflow([{"op": "remove", "path": "/permissions"}])
}

test_every_way_to_say_it if {
	every permissions in [{}, "read-all", {"contents": "write", "pull-requests": "write"}] {
		count(least_workflow_permissions.deny) == 0 with input as fixtures.with_workflow([{"op": "replace", "path": "/permissions", "value": permissions}])
	}
	count(least_workflow_permissions.deny) == 0 with input as fixtures.with_workflow([{"op": "move", "from": "/permissions", "path": "/jobs/image/permissions"}])
}

test_shared_workflow_has_its_callers if {
	count(least_workflow_permissions.deny) == 0 with input as fixtures.with_workflow([
		{"op": "remove", "path": "/permissions"},
		{"op": "replace", "path": "/on", "value": {"workflow_call": {}}},
	])
}

test_without_workflows_it_does_not_apply if {
	least_workflow_permissions.applies with input as fixtures.facts
	not least_workflow_permissions.applies with input as fixtures.without_files({".github/workflows/ci.yaml"})
}
