package main_test

import data.main

good := {
	"kind": "Deployment",
	"metadata": {"name": "shop"},
	"spec": {"template": {"spec": {
		"securityContext": {"runAsNonRoot": true, "runAsUser": 10001},
		"containers": [{
			"name": "service",
			"image": "registry.example:5000/shop/service:1.2.3",
			"securityContext": {
				"readOnlyRootFilesystem": true,
				"allowPrivilegeEscalation": false,
				"capabilities": {"drop": ["ALL"]},
			},
			"resources": {
				"requests": {"cpu": "100m", "memory": "128Mi"},
				"limits": {"memory": "256Mi"},
			},
			"livenessProbe": {"httpGet": {"path": "/healthz"}},
			"readinessProbe": {"httpGet": {"path": "/readyz"}},
		}],
	}}},
}

at := "/spec/template/spec/containers/0"

# The rules that refuse the good deployment after a change.
refused_by(patches) := {rule |
	some text in main.deny with input as json.patch(good, patches)
	rule := split(text, ":")[0]
}

test_accepts_good if refused_by([]) == set()

test_ignores_what_runs_nothing if count(main.deny) == 0 with input as {"kind": "Service", "metadata": {"name": "shop"}}

test_says_what_and_where if {
	patch := [{"op": "remove", "path": sprintf("%s/resources/limits", [at])}]
	main.deny == {"resource-limits: Deployment/shop: container service must request cpu and memory and limit its memory"} with input as json.patch(good, patch)
}

test_root if {
	refused_by([{"op": "remove", "path": "/spec/template/spec/securityContext"}]) == {"run-as-non-root"}
	refused_by([{"op": "add", "path": sprintf("%s/securityContext/runAsUser", [at]), "value": 0}]) == {"run-as-non-root"}
	refused_by([{"op": "add", "path": sprintf("%s/securityContext/runAsNonRoot", [at]), "value": false}]) == {"run-as-non-root"}
}

test_hardened if {
	every change in [
		{"op": "replace", "path": sprintf("%s/securityContext/readOnlyRootFilesystem", [at]), "value": false},
		{"op": "remove", "path": sprintf("%s/securityContext/allowPrivilegeEscalation", [at])},
		{"op": "add", "path": sprintf("%s/securityContext/privileged", [at]), "value": true},
		{"op": "remove", "path": sprintf("%s/securityContext/capabilities", [at])},
		{"op": "add", "path": sprintf("%s/securityContext/capabilities/add", [at]), "value": ["NET_ADMIN"]},
	] {
		refused_by([change]) == {"hardened-container"}
	}
}

test_resources if {
	refused_by([{"op": "remove", "path": sprintf("%s/resources/requests/cpu", [at])}]) == {"resource-limits"}
	refused_by([{"op": "remove", "path": sprintf("%s/resources", [at])}]) == {"resource-limits"}
}

with_image(image) := refused_by([{"op": "replace", "path": sprintf("%s/image", [at]), "value": image}])

digest := "sha256:2fe369e969550cde8e867afc3fe370b260140cab4a23d467074295b42163d553"

test_pinned_images if {
	every image in ["shop/service:1.2.3", sprintf("shop/service@%s", [digest]), sprintf("shop/service:latest@%s", [digest])] {
		with_image(image) == set()
	}
}

test_floating_images if {
	every image in ["shop/service", "shop/service:latest", "registry.example:5000/shop/service", "shop/service@sha256:abc"] {
		with_image(image) == {"pinned-image"}
	}
}

test_probes if {
	refused_by([{"op": "remove", "path": sprintf("%s/readinessProbe", [at])}]) == {"probes"}
	refused_by([
		{"op": "remove", "path": sprintf("%s/readinessProbe", [at])},
		{"op": "replace", "path": "/kind", "value": "Job"},
	]) == set()
}

test_init_containers if refused_by([{"op": "add", "path": "/spec/template/spec/initContainers", "value": [{"name": "init", "image": "shop/init"}]}]) == {"hardened-container", "pinned-image", "resource-limits"}
