package waymark.rules.topology_spread_test

import data.waymark.lib.fixtures_test as fixtures
import data.waymark.rules.topology_spread

test_takes_a_good_release if count(topology_spread.deny) == 0 with input as fixtures.release(fixtures.items)

spec := "/spec/template/spec"

test_none if {
	fixtures.named(topology_spread.deny) == {"Deployment"} with input as fixtures.removed_of("Deployment", sprintf("%s/topologySpreadConstraints", [spec]))
}

test_over_something_else if {
	fixtures.named(topology_spread.deny) == {"Deployment"} with input as fixtures.set_of("Deployment", sprintf("%s/topologySpreadConstraints/0/topologyKey", [spec]), "rack")
}

test_of_other_pods if {
	fixtures.named(topology_spread.deny) == {"Deployment"} with input as fixtures.set_of("Deployment", sprintf("%s/topologySpreadConstraints/0/labelSelector/matchLabels/part", [spec]), "other")
}

test_by_affinity if {
	every affinity in [
		{"requiredDuringSchedulingIgnoredDuringExecution": [{"topologyKey": "kubernetes.io/hostname"}]},
		{"preferredDuringSchedulingIgnoredDuringExecution": [{"podAffinityTerm": {"topologyKey": "topology.kubernetes.io/zone"}}]},
	] {
		count(topology_spread.deny) == 0 with input as fixtures.changed("Deployment", [
			{"op": "remove", "path": sprintf("%s/topologySpreadConstraints", [spec])},
			{"op": "add", "path": sprintf("%s/affinity", [spec]), "value": {"podAntiAffinity": affinity}},
		])
	}
}

test_not_of_one_pod if {
	count(topology_spread.deny) == 0 with input as fixtures.changed("Deployment", [
		{"op": "remove", "path": sprintf("%s/topologySpreadConstraints", [spec])},
		{"op": "add", "path": "/spec/replicas", "value": 1},
	])
}
