package waymark.lib.manifest_test

import data.waymark.lib.manifest
import data.waymark.lib.verdict

pod := {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "shop"}}

facts := {
	"apiVersion": "waymark.dev/v1",
	"kind": "Facts",
	"manifest": {"releases": [
		{"environment": "production", "objects": [pod]},
		{"environment": "staging", "objects": [{"apiVersion": "v1", "kind": "List", "items": [pod]}]},
	]},
}

test_every_way_to_ask if {
	every question in [
		pod,
		{"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"object": pod}},
		{"review": {"object": pod}, "parameters": {}},
		[{"path": "a.yaml", "contents": pod}],
		{"apiVersion": "v1", "kind": "List", "items": [pod]},
	] {
		manifest.objects == [pod] with input as question
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

test_facts_tell_environments_apart if {
	every question in [facts, [{"path": "facts.yaml", "contents": facts}]] {
		{"/production", "/staging"} == {concat("", ["/", trim_suffix(manifest.namespace(item), "/")]) |
			some item in manifest.objects
		} with input as question
	}
	manifest.is_release with input as facts
}

test_facts_without_manifests if {
	every question in [object.remove(facts, ["manifest"]), object.union(facts, {"manifest": {"releases": []}})] {
		count(manifest.objects) == 0 with input as question
	}
	not manifest.is_release with input as object.remove(facts, ["manifest"])
}

test_verdicts_name_the_environment if {
	{"production", "staging"} == {verdict.of(item, [], "is bad").environment |
		some item in manifest.objects
	} with input as facts
	not verdict.of(pod, [], "is bad").environment
}
