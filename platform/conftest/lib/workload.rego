# METADATA
# title: What runs containers, in one shape
# description: >-
#   Every pod that an object makes: the object, where in it the pod is, its
#   labels, and its containers with their places.
package waymark.lib.workload

import data.waymark.lib.manifest

# Where a kind keeps the template of its pods.
templates := {
	"CronJob": ["spec", "jobTemplate", "spec", "template"],
	"DaemonSet": ["spec", "template"],
	"Deployment": ["spec", "template"],
	"Job": ["spec", "template"],
	"Pod": [],
	"ReplicaSet": ["spec", "template"],
	"StatefulSet": ["spec", "template"],
}

# Where a kind of Argo Workflows keeps the workflow.
workflows := {
	"ClusterWorkflowTemplate": ["spec"],
	"CronWorkflow": ["spec", "workflowSpec"],
	"Workflow": ["spec"],
	"WorkflowTemplate": ["spec"],
}

pods := array.concat(of_templates, of_workflows)

of_templates := [pod |
	some item in manifest.objects
	at := templates[item.kind]
	template := object.get(item, at, {})
	path := array.concat(at, ["spec"])
	pod := {
		"item": item,
		"path": path,
		"labels": object.get(template, ["metadata", "labels"], {}),
		"spec": template.spec,
		"containers": [entry |
			some part in ["initContainers", "containers"]
			some index, container in template.spec[part]
			entry := {
				"container": container,
				"name": container.name,
				"path": array.concat(path, [part, index]),
			}
		],
	}
]

of_workflows := [pod |
	some item in manifest.objects
	at := workflows[item.kind]
	workflow := object.get(item, at, {})
	some index, template in workflow.templates
	some part in ["container", "script"]
	container := template[part]
	path := array.concat(at, ["templates", index])
	pod := {
		"item": item,
		"path": path,
		"labels": object.union(
			object.get(workflow, ["podMetadata", "labels"], {}),
			object.get(template, ["metadata", "labels"], {}),
		),
		"spec": object.union(workflow, template),
		"containers": [{
			"container": container,
			"name": template.name,
			"path": array.concat(path, [part]),
		}],
	}
]

# Pods that serve until they are stopped, as opposed to those of jobs.
servers := [pod |
	some pod in pods
	pod.item.kind in {"DaemonSet", "Deployment", "StatefulSet"}
]

# More than one pod of a kind that can have many. Without a number an autoscaler
# gives it. A single pod has nothing to spread and nothing to keep running.
replicated := [pod |
	some pod in servers
	pod.item.kind != "DaemonSet"
	object.get(pod.item, ["spec", "replicas"], 2) > 1
]

# A security setting: the container's own counts before the pod's.
setting(pod, entry, field) := object.get(
	entry.container,
	["securityContext", field],
	object.get(pod.spec, ["securityContext", field], null),
)
