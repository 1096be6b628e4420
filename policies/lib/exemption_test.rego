package waymark.lib.exemption_test

import data.waymark.lib.exemption

exemptions := [
	{"rule": "pinned-image", "service": "shop", "until": "2026-11-21"},
	{"rule": "pinned-image", "service": "shop", "until": "2026-11-30"},
	{"rule": "runbook", "service": "shop", "until": "2026-11-30"},
]

pod(service) := {"apiVersion": "v1", "kind": "Pod", "metadata": {
	"name": "shop-0",
	"namespace": service,
	"labels": {"app.kubernetes.io/name": service},
}}

verdict := {"kind": "Pod", "name": "shop-0", "msg": "is bad"}

test_until_the_last_day if {
	every today, expected in {"2026-11-21": "2026-11-30", "2026-11-30": "2026-11-30"} {
		expected == exemption.until("pinned-image", verdict) with input as pod("shop")
			with data.waymark.exemptions as exemptions
			with data.waymark.today as today
	}
	not exemption.until("pinned-image", verdict) with input as pod("shop")
		with data.waymark.exemptions as exemptions
		with data.waymark.today as "2026-12-01"
}

test_of_that_rule_and_service_only if {
	not exemption.until("run-as-non-root", verdict) with input as pod("shop")
		with data.waymark.exemptions as exemptions
		with data.waymark.today as "2026-11-21"
	not exemption.until("pinned-image", verdict) with input as pod("warehouse")
		with data.waymark.exemptions as exemptions
		with data.waymark.today as "2026-11-21"
	not exemption.until("pinned-image", verdict) with input as object.remove(pod("shop"), ["metadata"])
		with data.waymark.exemptions as exemptions
		with data.waymark.today as "2026-11-21"
}

test_by_the_label_of_its_pods if {
	deployment := {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "shop-0"}, "spec": {"template": pod("shop")}}
	exemption.until("pinned-image", object.union(verdict, {"kind": "Deployment"})) == "2026-11-30" with input as deployment
		with data.waymark.exemptions as exemptions
		with data.waymark.today as "2026-11-21"
}

test_not_where_another_service_has_an_object_of_that_name if {
	release := [{"path": "a.yaml", "contents": pod("shop")}, {"path": "a.yaml", "contents": pod("warehouse")}]
	not exemption.until("pinned-image", verdict) with input as release
		with data.waymark.exemptions as exemptions
		with data.waymark.today as "2026-11-21"
}

test_of_a_component if {
	facts := {"apiVersion": "waymark.dev/v1", "kind": "Facts", "catalog": {"entity": {"metadata": {"name": "shop"}}}}
	exemption.until("runbook", {"msg": "has none"}) == "2026-11-30" with input as facts
		with data.waymark.exemptions as exemptions
		with data.waymark.today as "2026-11-21"
	not exemption.until("runbook", {"msg": "has none"}) with input as object.remove(facts, ["catalog"])
		with data.waymark.exemptions as exemptions
		with data.waymark.today as "2026-11-21"
}

test_without_data_of_the_day if {
	exemption.today == "2026-11-21" with time.now_ns as 1795305599000000000
	exemption.today == "2026-11-22" with time.now_ns as 1795305600000000000
}

test_without_exemptions if {
	not exemption.until("pinned-image", verdict) with input as pod("shop")
}
