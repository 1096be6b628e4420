# METADATA
# scope: package
# title: The root file system is read-only
# description: >-
#   Every container sets readOnlyRootFilesystem; what must be written goes to a volume.
# custom:
#   id: read-only-root-filesystem
#   track: kubernetes
#   level: silver
#   severity: medium
#   input: manifest
#   needs: [manifest]
#   why: >-
#     Who breaks in cannot replace the program or leave one behind, and a pod that fills
#     its disk takes no neighbour with it.
#   fix: >-
#     Set securityContext.readOnlyRootFilesystem to true and mount an emptyDir with a
#     size limit where the program writes, such as /tmp.
package waymark.rules.read_only_root_filesystem

import data.waymark.lib.verdict
import data.waymark.lib.workload

default applies := false

applies if count(workload.pods) > 0

refused contains verdict.container(pod, entry, ["securityContext", "readOnlyRootFilesystem"], "can write to its root file system: set readOnlyRootFilesystem to true") if {
	some pod in workload.pods
	some entry in pod.containers
	object.get(entry.container, ["securityContext", "readOnlyRootFilesystem"], false) != true
}

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("read-only-root-filesystem", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("read-only-root-filesystem", found)
}
