# METADATA
# scope: package
# title: Node maintenance leaves pods running
# description: >-
#   Every Deployment and StatefulSet of more than one pod has a PodDisruptionBudget that
#   selects its pods and lets at least one be moved. Needs all manifests of a release.
# custom:
#   id: pod-disruption-budget
#   track: kubernetes
#   level: silver
#   severity: medium
#   input: manifest
#   needs: [manifest]
#   why: >-
#     Without one, draining nodes for an update may stop every pod at once; with one
#     that allows nothing, the update never ends.
#   fix: >-
#     Add a PodDisruptionBudget with maxUnavailable 1 and the selector of the
#     Deployment.
package waymark.rules.pod_disruption_budget

import data.waymark.lib.manifest
import data.waymark.lib.selector
import data.waymark.lib.verdict
import data.waymark.lib.workload

default applies := false

applies if count(workload.replicated) > 0

deny contains verdict.of(pod.item, ["spec"], "has no PodDisruptionBudget that selects its pods") if {
	manifest.is_release
	some pod in workload.replicated
	count(budgets(pod)) == 0
}

deny contains verdict.of(budget, ["spec"], sprintf("lets no pod of %s be moved", [manifest.name(pod.item)])) if {
	some pod in workload.replicated
	some budget in budgets(pod)
	allows_nothing(budget.spec)
}

budgets(pod) := {item |
	some item in manifest.objects
	item.kind == "PodDisruptionBudget"
	manifest.namespace(item) == manifest.namespace(pod.item)
	selector.matches(object.get(item, ["spec", "selector"], {}), pod.labels)
}

allows_nothing(spec) if spec.maxUnavailable in {0, "0%"}

allows_nothing(spec) if spec.minAvailable == "100%"
