package waymark.report_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.lib.fixtures_test as manifests
import data.waymark.report

known := object.union(fixtures.facts, {"manifest": {"releases": [
	{"environment": "production", "objects": manifests.items},
	{"environment": "staging", "objects": manifests.items},
]}})

refused(answer) := {id | some id, rule in answer; count(rule.deny) > 0}

test_a_good_component_is_refused_by_none if {
	answer := report.report with input as known
	count(answer) >= 42
	refused(answer) == set()
	{id | some id, rule in answer; not rule.applies} == set()
}

test_rules_on_facts_say_nothing_of_manifests if {
	answer := report.report with input as manifests.release(manifests.items)
	refused(answer) == set()
}

# What each rule needs to have something to say of.
on_pods := {
	"allowed-registries",
	"drop-capabilities",
	"network-policy",
	"no-automounted-token",
	"no-privilege-escalation",
	"pinned-image",
	"read-only-root-filesystem",
	"resource-limits",
	"run-as-non-root",
	"seccomp-profile",
}

on_servers := {"liveness-and-readiness-probes"}

on_many_pods := {"autoscaling-or-reason", "pod-disruption-budget", "topology-spread"}

not_concerned(items) := {id | some id, rule in answer; not rule.applies} if {
	releases := [{"environment": "production", "objects": items}]
	answer := report.report with input as object.union(known, {"manifest": {"releases": releases}})
	refused(answer) == set()
}

test_what_does_not_run_is_not_asked_how if {
	alerts := {"apiVersion": "monitoring.coreos.com/v1", "kind": "PrometheusRule", "metadata": {"name": "shop"}}
	not_concerned([alerts]) == (on_pods | on_servers) | on_many_pods
	not_concerned([manifests.cron_job, manifests.policy]) == on_servers | on_many_pods
}

test_one_pod_is_not_asked_about_others if {
	one := json.patch(manifests.deployment, [{"op": "add", "path": "/spec/replicas", "value": 1}])
	not_concerned([one, manifests.policy]) == on_many_pods
	set := object.union(manifests.deployment, {"kind": "StatefulSet"})
	not_concerned([set, manifests.policy, manifests.budget]) == {"autoscaling-or-reason"}
}

test_what_is_not_known_is_not_refused if {
	every part in ["catalog", "delivery", "manifest", "repository", "slo"] {
		answer := report.report with input as object.remove(known, [part])
		refused(answer) == set()
	}
}
