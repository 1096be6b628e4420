# METADATA
# scope: package
# title: No container gains privileges
# description: >-
#   Every container sets allowPrivilegeEscalation to false and none is privileged.
# custom:
#   id: no-privilege-escalation
#   track: kubernetes
#   level: silver
#   severity: high
#   input: manifest
#   needs: [manifest]
#   why: >-
#     A set-uid program in the image gives back the rights that all other settings took;
#     a privileged container has the whole node.
#   fix: >-
#     Set securityContext.allowPrivilegeEscalation to false and leave privileged out.
package waymark.rules.no_privilege_escalation

import data.waymark.lib.verdict
import data.waymark.lib.workload

default applies := false

applies if count(workload.pods) > 0

deny contains verdict.container(pod, entry, ["securityContext", "allowPrivilegeEscalation"], "may gain privileges: set allowPrivilegeEscalation to false") if {
	some pod in workload.pods
	some entry in pod.containers
	object.get(entry.container, ["securityContext", "allowPrivilegeEscalation"], true) != false
}

deny contains verdict.container(pod, entry, ["securityContext", "privileged"], "is privileged") if {
	some pod in workload.pods
	some entry in pod.containers
	entry.container.securityContext.privileged
}
