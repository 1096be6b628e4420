package waymark.rules.autoscaling_or_reason_test

import data.waymark.lib.fixtures_test as fixtures
import data.waymark.rules.autoscaling_or_reason

test_takes_a_good_release if count(autoscaling_or_reason.deny) == 0 with input as fixtures.release(fixtures.items)

deployments(patches) := fixtures.release([json.patch(fixtures.deployment, patches)])

test_neither if {
	fixtures.named(autoscaling_or_reason.deny) == {"Deployment"} with input as deployments([])
	fixtures.named(autoscaling_or_reason.deny) == {"Deployment"} with input as fixtures.set_of("HorizontalPodAutoscaler", "/spec/scaleTargetRef/name", "other")
}

test_reason if {
	every path in ["/metadata/annotations", "/spec/template/metadata/annotations"] {
		annotate := {"op": "add", "path": path, "value": {"waymark.dev/no-autoscaling": "One pod for each partition."}}
		count(autoscaling_or_reason.deny) == 0 with input as deployments([annotate])
		fixtures.named(autoscaling_or_reason.deny) == {"Deployment"} with input as deployments([json.patch(annotate, [{"op": "add", "path": "/value/waymark.dev~1no-autoscaling", "value": " "}])])
	}
}

test_one_pod_does_not_scale if {
	count(autoscaling_or_reason.deny) == 0 with input as deployments([{"op": "add", "path": "/spec/replicas", "value": 1}])
}

test_one_manifest_tells_nothing if {
	count(autoscaling_or_reason.deny) == 0 with input as fixtures.deployment
}
