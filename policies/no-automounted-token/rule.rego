# METADATA
# scope: package
# title: Pods hold no key to the cluster
# description: >-
#   Every pod sets automountServiceAccountToken to false. A pod that talks to the API
#   server mounts a projected token of its own.
# custom:
#   id: no-automounted-token
#   track: security
#   level: silver
#   severity: medium
#   input: manifest
#   needs: [manifest]
#   why: >-
#     The token of the service account is mounted into every pod by default, and is the
#     first thing that is looked for by who gets in.
#   fix: >-
#     Set automountServiceAccountToken to false in the pod's spec; where the API is
#     needed, add a projected volume with an audience and an expiry.
package waymark.rules.no_automounted_token

import data.waymark.lib.verdict
import data.waymark.lib.workload

default applies := false

applies if count(workload.pods) > 0

deny contains verdict.pod(pod, ["automountServiceAccountToken"], "mounts a token of the cluster: set automountServiceAccountToken to false") if {
	some pod in workload.pods
	not workload.workflows[pod.item.kind]
	object.get(pod.spec, "automountServiceAccountToken", true) != false
}
