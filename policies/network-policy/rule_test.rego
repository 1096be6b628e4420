package waymark.rules.network_policy_test

import data.waymark.lib.fixtures_test as fixtures
import data.waymark.rules.network_policy

test_takes_a_good_release if count(network_policy.deny) == 0 with input as fixtures.release(fixtures.items)

test_none if {
	fixtures.named(network_policy.deny) == fixtures.every_kind with input as fixtures.without("NetworkPolicy")
}

test_one_direction if {
	{verdict.msg | some verdict in network_policy.deny} == {
		"CronJob/report: no NetworkPolicy selects its pods for Egress",
		"CronWorkflow/train: no NetworkPolicy selects its pods for Egress",
		"Deployment/shop: no NetworkPolicy selects its pods for Egress",
		"Job/migrate: no NetworkPolicy selects its pods for Egress",
	} with input as fixtures.removed_of("NetworkPolicy", "/spec/policyTypes")
}

test_of_others if {
	fixtures.named(network_policy.deny) == {"Job"} with input as fixtures.removed_of("Job", "/spec/template/metadata")
	fixtures.named(network_policy.deny) == fixtures.every_kind with input as fixtures.set_of("NetworkPolicy", "/metadata/namespace", "other")
}

test_of_all_pods if {
	count(network_policy.deny) == 0 with input as fixtures.set_of("NetworkPolicy", "/spec/podSelector", {})
}

test_one_manifest_tells_nothing if {
	count(network_policy.deny) == 0 with input as fixtures.job
}
