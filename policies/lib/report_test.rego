package waymark.report_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.lib.fixtures_test as manifests
import data.waymark.report

known := object.union(fixtures.facts, {"manifest": {"releases": [
	{"environment": "production", "objects": manifests.items},
	{"environment": "staging", "objects": manifests.items},
]}})

refused(answer) := {id | some id, rule in answer; count(rule.deny) > 0}

test_a_good_component_is_refused_by_none if {
	answer := report.report with input as known
	count(answer) >= 42
	refused(answer) == set()
	{id | some id, rule in answer; not rule.applies} == set()
}

test_rules_on_facts_say_nothing_of_manifests if {
	answer := report.report with input as manifests.release(manifests.items)
	refused(answer) == set()
}

test_what_is_not_known_is_not_refused if {
	every part in ["catalog", "delivery", "manifest", "repository", "slo"] {
		answer := report.report with input as object.remove(known, [part])
		refused(answer) == set()
	}
}
