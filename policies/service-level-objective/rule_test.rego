package waymark.rules.service_level_objective_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.service_level_objective

test_takes_a_good_component if count(service_level_objective.deny) == 0 with input as fixtures.facts

spec := "/slo/documents/0/document/spec"

test_none if {
	service_level_objective.deny == {{"msg": "declares no objective: write slo/slo.yaml"}} with input as fixtures.set_of("/slo/documents", [])
	count(service_level_objective.deny) == 1 with input as fixtures.set_of("/slo/documents/0/document/kind", "Service")
}

test_no_target if {
	every facts in [
		fixtures.removed_of(concat("", [spec, "/objectives"])),
		fixtures.set_of(concat("", [spec, "/objectives"]), []),
		fixtures.set_of(concat("", [spec, "/objectives/0"]), {"displayName": "Answered"}),
		fixtures.set_of(concat("", [spec, "/objectives/0"]), {"target": "99.5 %"}),
	] {
		service_level_objective.deny == {{
			"msg": "parcel-labels-availability has no target",
			"file": "slo/slo.yaml",
		}} with input as facts
	}
	count(service_level_objective.deny) == 0 with input as fixtures.set_of(concat("", [spec, "/objectives/0"]), {"targetPercent": 99.5})
}

test_no_window if {
	every facts in [
		fixtures.removed_of(concat("", [spec, "/timeWindow"])),
		fixtures.set_of(concat("", [spec, "/timeWindow"]), [{"isRolling": true}]),
	] {
		service_level_objective.deny == {{
			"msg": "parcel-labels-availability has no timeWindow",
			"file": "slo/slo.yaml",
		}} with input as facts
	}
}

sloth(slos) := fixtures.set_of("/slo/documents", [{"file": "slo/sloth.yaml", "document": {"version": "prometheus/v1", "slos": slos}}])

test_for_sloth if {
	count(service_level_objective.deny) == 0 with input as sloth([{"name": "availability", "objective": 99.5}])
	count(service_level_objective.deny) == 1 with input as sloth([])
}

test_in_a_cluster if {
	every kind in ["PrometheusServiceLevel", "ServiceLevelObjective"] {
		count(service_level_objective.deny) == 0 with input as fixtures.set_of("/slo/documents/0/document", {"kind": kind})
	}
}

test_a_library_needs_none if {
	not service_level_objective.applies with input as fixtures.set_of("/catalog/entity/spec/type", "library")
}
