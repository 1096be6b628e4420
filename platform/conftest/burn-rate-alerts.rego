# METADATA
# scope: package
# title: Alerts follow the error budget
# description: >-
#   A service or website has an alert on the rate at which its error budget burns, which
#   compares more than one window of time.
# custom:
#   id: burn-rate-alerts
#   track: reliability
#   level: gold
#   severity: medium
#   input: slo
#   needs: [catalog, slo]
#   why: >-
#     One threshold over one window wakes people for a blip or sleeps through a slow
#     leak. Two windows page for what will spend the budget, and stop when it is over.
#   fix: >-
#     Let Sloth or Pyrra write the alerts of the objective, or compare a long and a short
#     window as the SRE workbook shows: 1 h and 5 m at 14.4 times the budget.
package waymark.rules.burn_rate_alerts

import data.waymark.lib.facts
import data.waymark.lib.verdict

default applies := false

applies if facts.serves

refused contains verdict.missing("no alert compares the burn rate of the error budget over two windows") if {
	applies
	facts.slo
	not watched
}

watched if {
	some alert in facts.slo.alerts
	regex.match(`(?i)burn|budget|slo[:_]|ratio|error`, concat(" ", [alert.name, alert.expr]))
	count(windows(alert.expr)) > 1
}

# Written as [5m], or in the name of a recorded rate: ratio_rate5m, burnrate1h.
windows(expr) := {window |
	some [_, window] in regex.find_all_string_submatch_n(`(?:\[|rate_?|ratio_?)([0-9]+[smhdw])`, expr, -1)
}

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("burn-rate-alerts", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("burn-rate-alerts", found)
}
