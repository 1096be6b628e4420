# METADATA
# scope: package
# title: System calls are filtered
# description: >-
#   Every container runs with a seccomp profile, RuntimeDefault or one of its own.
# custom:
#   id: seccomp-profile
#   track: kubernetes
#   level: silver
#   severity: medium
#   input: manifest
#   needs: [manifest]
#   why: >-
#     Kubernetes filters nothing unless told to. The runtime's default profile blocks
#     the calls that most container escapes needed.
#   fix: >-
#     Set securityContext.seccompProfile.type to RuntimeDefault on the pod.
package waymark.rules.seccomp_profile

import data.waymark.lib.verdict
import data.waymark.lib.workload

default applies := false

applies if count(workload.pods) > 0

deny contains verdict.container(pod, entry, ["securityContext", "seccompProfile"], "has no seccomp profile: set its type to RuntimeDefault") if {
	some pod in workload.pods
	some entry in pod.containers
	not profiled(workload.setting(pod, entry, "seccompProfile"))
}

profiled(profile) if profile.type in {"Localhost", "RuntimeDefault"}
