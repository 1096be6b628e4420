# METADATA
# scope: package
# title: Containers have no kernel capabilities
# description: >-
#   Every container drops ALL capabilities and adds none.
# custom:
#   id: drop-capabilities
#   track: kubernetes
#   level: silver
#   severity: high
#   input: manifest
#   needs: [manifest]
#   why: >-
#     What the container runtime leaves by default is enough to forge packets and to
#     change any file's owner. A service on a port above 1023 needs none.
#   fix: >-
#     Set securityContext.capabilities.drop to [ALL]; listen on a port above 1023
#     instead of adding NET_BIND_SERVICE.
package waymark.rules.drop_capabilities

import data.waymark.lib.verdict
import data.waymark.lib.workload

default applies := false

applies if count(workload.pods) > 0

refused contains verdict.container(pod, entry, ["securityContext", "capabilities"], "keeps kernel capabilities: drop ALL") if {
	some pod in workload.pods
	some entry in pod.containers
	not "ALL" in object.get(entry.container, ["securityContext", "capabilities", "drop"], [])
}

refused contains verdict.container(pod, entry, ["securityContext", "capabilities", "add"], sprintf("adds the capability %s", [capability])) if {
	some pod in workload.pods
	some entry in pod.containers
	some capability in entry.container.securityContext.capabilities.add
}

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("drop-capabilities", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("drop-capabilities", found)
}
