# METADATA
# scope: package
# title: CPU and memory are requested and limited
# description: >-
#   Every container requests CPU and memory and has a limit for both.
# custom:
#   id: resource-limits
#   track: kubernetes
#   level: bronze
#   severity: high
#   input: manifest
#   needs: [manifest]
#   why: >-
#     Without requests the scheduler guesses. Without a memory limit one leak ends its
#     neighbours. Without a CPU limit a service is quick on an idle node and slow on a
#     full one, and Go, Java and Node size their thread pools by a whole node.
#   fix: >-
#     Measure, then set resources.requests to the ordinary need and resources.limits
#     well above it: the same memory or a little more, and for CPU what a start or a
#     burst may take.
#   pull_request: resource-limits
package waymark.rules.resource_limits

import data.waymark.lib.verdict
import data.waymark.lib.workload

default applies := false

applies if count(workload.pods) > 0

deny contains verdict.container(pod, entry, ["resources", part, resource], sprintf("has no %s in resources.%s", [resource, part])) if {
	some pod in workload.pods
	some entry in pod.containers
	some part in ["requests", "limits"]
	some resource in ["cpu", "memory"]
	not entry.container.resources[part][resource]
}
