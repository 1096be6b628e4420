# METADATA
# title: A release that keeps to every rule, and ways to spoil it
package waymark.lib.fixtures_test

labels := {"app.kubernetes.io/name": "shop"}

container := {
	"name": "service",
	"image": "ghcr.io/tidewater/shop:1.2.3",
	"securityContext": {
		"allowPrivilegeEscalation": false,
		"capabilities": {"drop": ["ALL"]},
		"readOnlyRootFilesystem": true,
	},
	"resources": {
		"requests": {"cpu": "100m", "memory": "128Mi"},
		"limits": {"cpu": "1", "memory": "256Mi"},
	},
}

pod := {
	"automountServiceAccountToken": false,
	"securityContext": {
		"runAsNonRoot": true,
		"seccompProfile": {"type": "RuntimeDefault"},
	},
	"containers": [container],
}

deployment := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "shop"},
	"spec": {"template": {
		"metadata": {"labels": labels},
		"spec": object.union(pod, {
			"topologySpreadConstraints": [{
				"topologyKey": "kubernetes.io/hostname",
				"labelSelector": {"matchLabels": labels},
			}],
			"containers": [object.union(container, {
				"livenessProbe": {"httpGet": {"path": "/healthz"}},
				"readinessProbe": {"httpGet": {"path": "/readyz"}},
			})],
		}),
	}},
}

job := {
	"apiVersion": "batch/v1",
	"kind": "Job",
	"metadata": {"name": "migrate"},
	"spec": {"template": {"metadata": {"labels": labels}, "spec": pod}},
}

cron_job := {
	"apiVersion": "batch/v1",
	"kind": "CronJob",
	"metadata": {"name": "report"},
	"spec": {"jobTemplate": {"spec": job.spec}},
}

workflow := {
	"apiVersion": "argoproj.io/v1alpha1",
	"kind": "CronWorkflow",
	"metadata": {"name": "train"},
	"spec": {"workflowSpec": object.union(object.remove(pod, {"containers"}), {
		"podMetadata": {"labels": labels},
		"templates": [
			{"name": "fit", "container": object.remove(container, {"name"})},
			{"name": "all", "dag": {"tasks": []}},
		],
	})},
}

autoscaler := {
	"apiVersion": "autoscaling/v2",
	"kind": "HorizontalPodAutoscaler",
	"metadata": {"name": "shop"},
	"spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "shop"}},
}

budget := {
	"apiVersion": "policy/v1",
	"kind": "PodDisruptionBudget",
	"metadata": {"name": "shop"},
	"spec": {"maxUnavailable": 1, "selector": {"matchLabels": labels}},
}

policy := {
	"apiVersion": "networking.k8s.io/v1",
	"kind": "NetworkPolicy",
	"metadata": {"name": "shop"},
	"spec": {"podSelector": {"matchLabels": labels}, "policyTypes": ["Ingress", "Egress"]},
}

items := [deployment, job, cron_job, workflow, autoscaler, budget, policy]

# As conftest --combine hands a release over.
release(objects) := [{"path": "rendered.yaml", "contents": item} | some item in objects]

# The release with changes to its objects of one kind.
changed(kind, patches) := release([item |
	some original in items
	item := change(original, kind, patches)
])

change(item, kind, patches) := json.patch(item, patches) if item.kind == kind

else := item

without(kind) := release([item | some item in items; item.kind != kind])

# Where the first container of a kind is.
at := {
	"CronJob": "/spec/jobTemplate/spec/template/spec/containers/0",
	"CronWorkflow": "/spec/workflowSpec/templates/0/container",
	"Deployment": "/spec/template/spec/containers/0",
	"Job": "/spec/template/spec/containers/0",
}

set_in(kind, path, value) := changed(kind, [{"op": "add", "path": concat("", [at[kind], path]), "value": value}])

removed_in(kind, path) := changed(kind, [{"op": "remove", "path": concat("", [at[kind], path])}])

set_of(kind, path, value) := changed(kind, [{"op": "add", "path": path, "value": value}])

removed_of(kind, path) := changed(kind, [{"op": "remove", "path": path}])

# The objects that verdicts name.
named(verdicts) := {verdict.kind | some verdict in verdicts}

every_kind := {"CronJob", "CronWorkflow", "Deployment", "Job"}
