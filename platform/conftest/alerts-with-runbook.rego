# METADATA
# scope: package
# title: Every alert says what to do
# description: >-
#   A service or website has alerts, and each alert of any component links its runbook
#   in the annotation runbook_url.
# custom:
#   id: alerts-with-runbook
#   track: reliability
#   level: bronze
#   severity: medium
#   input: slo
#   needs: [catalog, slo]
#   why: >-
#     Without alerts users report the outage. With an alert that explains nothing,
#     whoever is woken begins by searching.
#   fix: >-
#     Add monitoring/alerts.yaml, and to each alert annotations.runbook_url with the
#     address of its heading in the runbook.
package waymark.rules.alerts_with_runbook

import data.waymark.lib.facts
import data.waymark.lib.verdict

default applies := false

applies if facts.serves

applies if count(facts.slo.alerts) > 0

refused contains verdict.missing("has no alert: write monitoring/alerts.yaml") if {
	facts.serves
	count(facts.slo.alerts) == 0
}

refused contains verdict.file(alert.file, sprintf("the alert %s has no annotation runbook_url with an address", [alert.name])) if {
	facts.entity
	some alert in facts.slo.alerts
	not linked(alert)
}

linked(alert) if {
	some name in ["runbook_url", "runbook"]
	address := alert.annotations[name]
	some start in ["https://", "http://"]
	startswith(address, start)
	not address == start
	every blank in [" ", "\t", "\n"] {
		not contains(address, blank)
	}
}

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("alerts-with-runbook", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("alerts-with-runbook", found)
}
