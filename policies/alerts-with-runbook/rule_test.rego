package waymark.rules.alerts_with_runbook_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.alerts_with_runbook

test_takes_a_good_component if count(alerts_with_runbook.deny) == 0 with input as fixtures.facts

test_no_alert if {
	alerts_with_runbook.deny == {{"msg": "has no alert: write monitoring/alerts.yaml"}} with input as fixtures.set_of("/slo/alerts", [])
}

test_no_link if {
	every annotations in [{}, {"runbook_url": ""}, {"runbook_url": "see the wiki"}, {"summary": "too many fail"}] {
		alerts_with_runbook.deny == {{
			"msg": "the alert ErrorBudgetBurn has no annotation runbook_url with an address",
			"file": "monitoring/alerts.yaml",
		}} with input as fixtures.set_of("/slo/alerts/0/annotations", annotations)
	}
}

test_other_name if {
	count(alerts_with_runbook.deny) == 0 with input as fixtures.set_of("/slo/alerts/0/annotations", {"runbook": "https://wiki.tidewater.example/labels"})
}

job(alerts) := fixtures.patched([
	{"op": "replace", "path": "/catalog/entity/spec/type", "value": "cron-job"},
	{"op": "replace", "path": "/slo/alerts", "value": alerts},
])

test_a_job_needs_no_alert_but_its_alerts_a_link if {
	not alerts_with_runbook.applies with input as job([])
	count(alerts_with_runbook.deny) == 0 with input as job([])
	unlinked := [{"file": "alerts.yaml", "name": "Late", "labels": {}, "annotations": {}}]
	alerts_with_runbook.applies with input as job(unlinked)
	count(alerts_with_runbook.deny) == 1 with input as job(unlinked)
}
