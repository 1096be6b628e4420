# METADATA
# title: What every workload of this service must keep to
package main

pod_spec := input.spec.template.spec if input.kind in {"Deployment", "StatefulSet", "DaemonSet", "Job"}

pod_spec := input.spec.jobTemplate.spec.template.spec if input.kind == "CronJob"

containers contains container if some container in pod_spec.containers

containers contains container if some container in pod_spec.initContainers

# A long-running container, as opposed to a job's.
servers contains container if {
	input.kind in {"Deployment", "StatefulSet", "DaemonSet"}
	some container in pod_spec.containers
}

deny contains message("run-as-non-root", container, "must not run as root") if {
	some container in containers
	not runs_as_non_root(container)
}

deny contains message("hardened-container", container, "must have a read-only file system, no privilege escalation and no capabilities") if {
	some container in containers
	not hardened(container)
}

deny contains message("resource-limits", container, "must request cpu and memory and limit its memory") if {
	some container in containers
	not bounded(container)
}

deny contains message("pinned-image", container, "must name its image by digest or by a tag other than latest") if {
	some container in containers
	not pinned(container.image)
}

deny contains message("probes", container, "must have a liveness and a readiness probe") if {
	some container in servers
	not probed(container)
}

message(rule, container, text) := sprintf("%s: %s/%s: container %s %s", [rule, input.kind, input.metadata.name, container.name, text])

# The container's own setting counts before the pod's.
runs_as_non_root(container) if {
	object.get(container, ["securityContext", "runAsNonRoot"], object.get(pod_spec, ["securityContext", "runAsNonRoot"], false)) == true
	object.get(container, ["securityContext", "runAsUser"], object.get(pod_spec, ["securityContext", "runAsUser"], 1)) != 0
}

hardened(container) if {
	container.securityContext.readOnlyRootFilesystem == true
	container.securityContext.allowPrivilegeEscalation == false
	not container.securityContext.privileged
	"ALL" in container.securityContext.capabilities.drop
	not container.securityContext.capabilities.add
}

bounded(container) if {
	container.resources.requests.cpu
	container.resources.requests.memory
	container.resources.limits.memory
}

pinned(image) if regex.match(`@sha256:[0-9a-f]{64}$`, image)

pinned(image) if {
	not contains(image, "@")
	last := regex.split("/", image)[count(regex.split("/", image)) - 1]
	[_, tag] := split(last, ":")
	not tag in {"latest", ""}
}

probed(container) if {
	container.livenessProbe
	container.readinessProbe
}
