# METADATA
# scope: package
# title: A service scales, or says why not
# description: >-
#   Every Deployment of more than one pod has a HorizontalPodAutoscaler, or the
#   annotation waymark.dev/no-autoscaling with the reason, on it or on its pods. Needs
#   all manifests of a release.
# custom:
#   id: autoscaling-or-reason
#   track: kubernetes
#   level: gold
#   severity: low
#   input: manifest
#   needs: [manifest]
#   why: >-
#     A fixed number of pods is too many at night and too few on the day it matters;
#     where it is right, the next person wants to know why.
#   fix: >-
#     Add a HorizontalPodAutoscaler for the Deployment, or annotate waymark.dev/no-
#     autoscaling with a sentence.
package waymark.rules.autoscaling_or_reason

import data.waymark.lib.manifest
import data.waymark.lib.verdict
import data.waymark.lib.workload

default applies := false

applies if {
	some pod in workload.replicated
	pod.item.kind == "Deployment"
}

refused contains verdict.of(pod.item, ["spec", "replicas"], "has no HorizontalPodAutoscaler and no annotation waymark.dev/no-autoscaling with the reason") if {
	manifest.is_release
	some pod in workload.replicated
	pod.item.kind == "Deployment"
	not scaled(pod.item)
	not explained(pod.item)
}

scaled(deployment) if {
	some item in manifest.objects
	item.kind == "HorizontalPodAutoscaler"
	manifest.namespace(item) == manifest.namespace(deployment)
	item.spec.scaleTargetRef.kind == deployment.kind
	item.spec.scaleTargetRef.name == deployment.metadata.name
}

explained(deployment) if {
	some at in [["metadata"], ["spec", "template", "metadata"]]
	annotations := object.get(deployment, array.concat(at, ["annotations"]), {})
	trim_space(annotations["waymark.dev/no-autoscaling"]) != ""
}

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("autoscaling-or-reason", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("autoscaling-or-reason", found)
}
