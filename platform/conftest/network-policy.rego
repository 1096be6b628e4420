# METADATA
# scope: package
# title: Traffic is allowed, not merely possible
# description: >-
#   Every pod is selected by a NetworkPolicy for what comes in and by one for what goes
#   out. Needs all manifests of a release.
# custom:
#   id: network-policy
#   track: kubernetes
#   level: silver
#   severity: high
#   input: manifest
#   needs: [manifest]
#   why: >-
#     By default every pod reaches every other and the internet: one stolen service is
#     all of them.
#   fix: >-
#     Add a NetworkPolicy with the labels of the pods and policyTypes Ingress and
#     Egress, and name who may call and what is called.
package waymark.rules.network_policy

import data.waymark.lib.manifest
import data.waymark.lib.selector
import data.waymark.lib.verdict
import data.waymark.lib.workload

default applies := false

applies if count(workload.pods) > 0

refused contains verdict.of(pod.item, pod.path, sprintf("no NetworkPolicy selects its pods for %s", [direction])) if {
	manifest.is_release
	some pod in workload.pods
	some direction in ["Egress", "Ingress"]
	not limited(pod, direction)
}

limited(pod, direction) if {
	some item in manifest.objects
	item.kind == "NetworkPolicy"
	manifest.namespace(item) == manifest.namespace(pod.item)
	selector.matches(object.get(item, ["spec", "podSelector"], {}), pod.labels)
	direction in object.get(item, ["spec", "policyTypes"], ["Ingress"])
}

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("network-policy", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("network-policy", found)
}
