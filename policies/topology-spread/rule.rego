# METADATA
# scope: package
# title: Pods do not all run in one place
# description: >-
#   Every Deployment and StatefulSet of more than one pod spreads its pods, by
#   topologySpreadConstraints or podAntiAffinity over nodes or zones.
# custom:
#   id: topology-spread
#   track: kubernetes
#   level: gold
#   severity: medium
#   input: manifest
#   needs: [manifest]
#   why: >-
#     The scheduler may put all pods on one node: they then fail together, which several
#     of them were meant to prevent.
#   fix: >-
#     Add topologySpreadConstraints over kubernetes.io/hostname and
#     topology.kubernetes.io/zone with the labels of the pods.
package waymark.rules.topology_spread

import data.waymark.lib.selector
import data.waymark.lib.verdict
import data.waymark.lib.workload

default applies := false

applies if count(workload.replicated) > 0

deny contains verdict.pod(pod, ["topologySpreadConstraints"], "may run all its pods on one node: add topologySpreadConstraints") if {
	some pod in workload.replicated
	not spread(pod)
}

places := {"kubernetes.io/hostname", "topology.kubernetes.io/zone"}

spread(pod) if {
	some constraint in pod.spec.topologySpreadConstraints
	constraint.topologyKey in places
	selector.matches(object.get(constraint, "labelSelector", {}), pod.labels)
}

spread(pod) if {
	affinity := pod.spec.affinity.podAntiAffinity
	some term in object.get(affinity, "requiredDuringSchedulingIgnoredDuringExecution", [])
	term.topologyKey in places
}

spread(pod) if {
	affinity := pod.spec.affinity.podAntiAffinity
	some preference in object.get(affinity, "preferredDuringSchedulingIgnoredDuringExecution", [])
	preference.podAffinityTerm.topologyKey in places
}
