# METADATA
# scope: package
# title: Somebody is paged
# description: >-
#   A service or website in production is known to a paging service, by an annotation
#   such as pagerduty.com/service-id or by a route of its alerts.
# custom:
#   id: paging
#   track: reliability
#   level: silver
#   severity: high
#   input: slo
#   needs: [catalog, slo]
#   needs_to_fail: [catalog.owner]
#   why: >-
#     An alert that goes to a chat at night is read in the morning.
#   fix: >-
#     Make the service in the paging tool, with a rota, and name it in catalog-info.yaml
#     (pagerduty.com/service-id or opsgenie.com/component-selector).
package waymark.rules.paging

import data.waymark.lib.facts
import data.waymark.lib.paging
import data.waymark.lib.verdict

default applies := false

# Nobody need get up for what is still an experiment.
applies if {
	facts.serves
	facts.entity.spec.lifecycle == "production"
}

refused contains verdict.entity(["metadata", "annotations"], "nobody is paged: no annotation names a paging service") if {
	applies
	facts.slo
	count(paging.services) == 0
}

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("paging", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("paging", found)
}
