package waymark.rules.liveness_and_readiness_probes_test

import data.waymark.lib.fixtures_test as fixtures
import data.waymark.rules.liveness_and_readiness_probes

test_takes_a_good_release if count(liveness_and_readiness_probes.deny) == 0 with input as fixtures.release(fixtures.items)

test_each_is_asked_for if {
	every probe in ["livenessProbe", "readinessProbe"] {
		{verdict.msg | some verdict in liveness_and_readiness_probes.deny} == {sprintf("Deployment/shop: container service has no %s", [probe])} with input as fixtures.removed_in("Deployment", sprintf("/%s", [probe]))
	}
}

test_other_servers if {
	every kind in ["DaemonSet", "StatefulSet"] {
		fixtures.named(liveness_and_readiness_probes.deny) == {kind} with input as fixtures.changed("Deployment", [
			{"op": "replace", "path": "/kind", "value": kind},
			{"op": "remove", "path": "/spec/template/spec/containers/0/readinessProbe"},
		])
	}
}

test_not_of_init_containers if {
	count(liveness_and_readiness_probes.deny) == 0 with input as fixtures.set_of("Deployment", "/spec/template/spec/initContainers", [{"name": "wait"}])
}
