package waymark.rules.run_as_non_root_test

import data.waymark.lib.fixtures_test as fixtures
import data.waymark.rules.run_as_non_root

test_takes_a_good_release if count(run_as_non_root.deny) == 0 with input as fixtures.release(fixtures.items)

test_pod_says_nothing if {
	every kind, path in {
		"CronJob": "/spec/jobTemplate/spec/template/spec/securityContext",
		"CronWorkflow": "/spec/workflowSpec/securityContext",
		"Deployment": "/spec/template/spec/securityContext",
		"Job": "/spec/template/spec/securityContext",
	} {
		fixtures.named(run_as_non_root.deny) == {kind} with input as fixtures.removed_of(kind, path)
	}
}

test_container_counts_before_pod if {
	fixtures.named(run_as_non_root.deny) == {"Job"} with input as fixtures.set_in("Job", "/securityContext/runAsNonRoot", false)
}

test_user_of_root if {
	fixtures.named(run_as_non_root.deny) == {"Job"} with input as fixtures.set_in("Job", "/securityContext/runAsUser", 0)
	count(run_as_non_root.deny) == 0 with input as fixtures.set_in("Job", "/securityContext/runAsUser", 10001)
}

test_init_containers if {
	run_as_non_root.deny == {{
		"msg": "Job/migrate: container wait runs as root: give runAsUser another number than 0",
		"kind": "Job",
		"name": "migrate",
		"path": ["spec", "template", "spec", "initContainers", 0, "securityContext", "runAsUser"],
	}} with input as fixtures.set_of("Job", "/spec/template/spec/initContainers", [{"name": "wait", "securityContext": {"runAsUser": 0}}])
}
