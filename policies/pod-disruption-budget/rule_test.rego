package waymark.rules.pod_disruption_budget_test

import data.waymark.lib.fixtures_test as fixtures
import data.waymark.rules.pod_disruption_budget

test_takes_a_good_release if count(pod_disruption_budget.deny) == 0 with input as fixtures.release(fixtures.items)

test_none if {
	fixtures.named(pod_disruption_budget.deny) == {"Deployment"} with input as fixtures.without("PodDisruptionBudget")
}

test_of_others if {
	every change in [
		{"op": "add", "path": "/spec/selector/matchLabels/part", "value": "other"},
		{"op": "add", "path": "/spec/selector/matchExpressions", "value": [{"key": "app.kubernetes.io/name", "operator": "NotIn", "values": ["shop"]}]},
		{"op": "add", "path": "/spec/selector/matchExpressions", "value": [{"key": "canary", "operator": "Exists"}]},
		{"op": "add", "path": "/metadata/namespace", "value": "other"},
	] {
		fixtures.named(pod_disruption_budget.deny) == {"Deployment"} with input as fixtures.changed("PodDisruptionBudget", [change])
	}
}

test_by_expressions if {
	every expression in [
		{"key": "app.kubernetes.io/name", "operator": "In", "values": ["shop"]},
		{"key": "app.kubernetes.io/name", "operator": "Exists"},
		{"key": "canary", "operator": "DoesNotExist"},
		{"key": "canary", "operator": "NotIn", "values": ["yes"]},
	] {
		count(pod_disruption_budget.deny) == 0 with input as fixtures.changed("PodDisruptionBudget", [{"op": "replace", "path": "/spec/selector", "value": {"matchExpressions": [expression]}}])
	}
}

test_allows_nothing if {
	every value in [0, "0%"] {
		fixtures.named(pod_disruption_budget.deny) == {"PodDisruptionBudget"} with input as fixtures.set_of("PodDisruptionBudget", "/spec/maxUnavailable", value)
	}
	fixtures.named(pod_disruption_budget.deny) == {"PodDisruptionBudget"} with input as fixtures.changed("PodDisruptionBudget", [
		{"op": "remove", "path": "/spec/maxUnavailable"},
		{"op": "add", "path": "/spec/minAvailable", "value": "100%"},
	])
}

test_one_pod_needs_none if {
	count(pod_disruption_budget.deny) == 0 with input as fixtures.release([json.patch(fixtures.deployment, [{"op": "add", "path": "/spec/replicas", "value": 1}])])
}

test_one_manifest_tells_nothing if {
	count(pod_disruption_budget.deny) == 0 with input as fixtures.deployment
}
