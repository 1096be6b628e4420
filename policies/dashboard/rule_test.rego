package waymark.rules.dashboard_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.dashboard

test_takes_a_good_component if count(dashboard.deny) == 0 with input as fixtures.facts

dark(patches) := json.patch(fixtures.set_of("/slo/dashboards", []), patches)

test_none if {
	dashboard.deny == {{"msg": "has no dashboard: write monitoring/dashboard.json, or link one in metadata.links of catalog-info.yaml"}} with input as dark([])
}

test_every_place if {
	every patch in [
		{"op": "add", "path": "/catalog/entity/metadata/annotations", "value": {"grafana/dashboard-selector": "tags @> 'labels'"}},
		{"op": "add", "path": "/catalog/entity/metadata/links", "value": [{"url": "https://grafana.tidewater.example/d/labels", "title": "Dashboard"}]},
		{"op": "add", "path": "/catalog/entity/metadata/links", "value": [{"url": "https://grafana.tidewater.example/d/labels", "type": "dashboard"}]},
	] {
		count(dashboard.deny) == 0 with input as dark([patch])
	}
	count(dashboard.deny) == 1 with input as dark([{"op": "add", "path": "/catalog/entity/metadata/links", "value": [{"title": "Runbook"}]}])
}

test_a_library_needs_none if {
	not dashboard.applies with input as fixtures.set_of("/catalog/entity/spec/type", "library")
}
