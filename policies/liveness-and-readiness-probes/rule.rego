# METADATA
# scope: package
# title: Servers say whether they live and want traffic
# description: >-
#   Every container of a Deployment, StatefulSet or DaemonSet has a liveness and a
#   readiness probe. Jobs need none.
# custom:
#   id: liveness-and-readiness-probes
#   track: kubernetes
#   level: bronze
#   severity: high
#   input: manifest
#   needs: [manifest]
#   why: >-
#     Without readiness a rollout sends requests to pods that have not started; without
#     liveness a pod that hangs stays until someone is called.
#   fix: >-
#     Answer /healthz (the process works) and /readyz (it wants traffic) and point
#     livenessProbe and readinessProbe at them.
package waymark.rules.liveness_and_readiness_probes

import data.waymark.lib.verdict
import data.waymark.lib.workload

default applies := false

applies if count(workload.servers) > 0

deny contains verdict.container(pod, entry, [probe], sprintf("has no %s", [probe])) if {
	some pod in workload.servers
	some entry in pod.containers
	"containers" in entry.path
	some probe in ["livenessProbe", "readinessProbe"]
	not entry.container[probe]
}
