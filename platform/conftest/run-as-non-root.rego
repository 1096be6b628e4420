# METADATA
# scope: package
# title: Containers do not run as root
# description: >-
#   Every container says runAsNonRoot, itself or by its pod, and no user id of 0.
# custom:
#   id: run-as-non-root
#   track: kubernetes
#   level: bronze
#   severity: high
#   input: manifest
#   needs: [manifest]
#   why: >-
#     Root in a container is root on the node as soon as it gets out, and every volume
#     it is given can be written.
#   fix: >-
#     Give the image a user with a number (USER 10001:10001) and set
#     securityContext.runAsNonRoot to true on the pod.
package waymark.rules.run_as_non_root

import data.waymark.lib.verdict
import data.waymark.lib.workload

default applies := false

applies if count(workload.pods) > 0

refused contains verdict.container(pod, entry, ["securityContext"], "may run as root: set runAsNonRoot to true") if {
	some pod in workload.pods
	some entry in pod.containers
	workload.setting(pod, entry, "runAsNonRoot") != true
}

refused contains verdict.container(pod, entry, ["securityContext", "runAsUser"], "runs as root: give runAsUser another number than 0") if {
	some pod in workload.pods
	some entry in pod.containers
	workload.setting(pod, entry, "runAsUser") == 0
}

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("run-as-non-root", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("run-as-non-root", found)
}
