package waymark.lib.manifest_test

import data.waymark.lib.manifest

pod := {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "shop"}}

test_every_way_to_ask if {
	every question in [
		pod,
		{"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"object": pod}},
		{"review": {"object": pod}, "parameters": {}},
		[{"path": "a.yaml", "contents": pod}],
		{"apiVersion": "v1", "kind": "List", "items": [pod]},
	] {
		manifest.objects == {pod} with input as question
	}
}

test_release if {
	manifest.is_release with input as [{"path": "a.yaml", "contents": pod}]
	not manifest.is_release with input as pod
}

test_names if {
	manifest.name(pod) == "Pod/shop"
	manifest.name({"kind": "Pod"}) == "Pod/without a name"
}
