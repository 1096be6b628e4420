# METADATA
# scope: package
# title: A dashboard shows how it does
# description: >-
#   A service or website has a dashboard: in the repository, or named by an annotation
#   of Grafana or by a link of the component.
# custom:
#   id: dashboard
#   track: reliability
#   level: bronze
#   severity: low
#   input: slo
#   needs: [catalog, slo]
#   why: >-
#     In an outage the first question is since when and how much; a dashboard answers it
#     before anybody has typed a query.
#   fix: >-
#     Add monitoring/dashboard.json, annotate catalog-info.yaml with
#     grafana/dashboard-selector, or link the dashboard in metadata.links.
package waymark.rules.dashboard

import data.waymark.lib.facts
import data.waymark.lib.verdict

default applies := false

applies if facts.serves

refused contains verdict.missing("has no dashboard: write monitoring/dashboard.json, or link one in metadata.links of catalog-info.yaml") if {
	applies
	facts.slo
	not shown
}

shown if count(facts.slo.dashboards) > 0

shown if {
	some name in ["grafana/dashboard-selector", "grafana/overview-dashboard"]
	facts.annotation(name)
}

shown if {
	some link in facts.links
	some field in ["title", "type"]
	contains(lower(link[field]), "dashboard")
}

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("dashboard", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("dashboard", found)
}
