# METADATA
# scope: package
# title: It says how reliable it means to be
# description: >-
#   A service or website declares a service level objective, as OpenSLO or for Sloth or
#   Pyrra, with a target and a time window.
# custom:
#   id: service-level-objective
#   track: reliability
#   level: silver
#   severity: high
#   input: slo
#   needs: [catalog, slo]
#   why: >-
#     Without a number, every outage is argued about anew and every alert is either too
#     early or too late. With one, the team knows when to stop building and mend.
#   fix: >-
#     Write slo/slo.yaml: an OpenSLO document of kind SLO with timeWindow and, under
#     objectives, target. Begin with what users get today.
package waymark.rules.service_level_objective

import data.waymark.lib.facts
import data.waymark.lib.verdict

default applies := false

applies if facts.serves

refused contains verdict.missing("declares no objective: write slo/slo.yaml") if {
	applies
	facts.slo
	count(objectives) + count(generated) == 0
}

refused contains finding(entry, "has no target") if {
	applies
	some entry in objectives
	not aimed(entry.document.spec)
}

refused contains finding(entry, "has no timeWindow") if {
	applies
	some entry in objectives
	not limited(entry.document.spec)
}

objectives contains entry if {
	some entry in facts.slo.documents
	regex.match(`^openslo(?:\.com)?/`, entry.document.apiVersion)
	entry.document.kind == "SLO"
}

# Sloth and Pyrra take no objective without its number and its window.
generated contains entry if {
	some entry in facts.slo.documents
	entry.document.version == "prometheus/v1"
	count(entry.document.slos) > 0
}

generated contains entry if {
	some entry in facts.slo.documents
	entry.document.kind in {"PrometheusServiceLevel", "ServiceLevelObjective"}
}

finding(entry, text) := verdict.file(entry.file, sprintf("%s %s", [entry.document.metadata.name, text]))

aimed(spec) if {
	count(spec.objectives) > 0
	every objective in spec.objectives {
		some field in ["target", "targetPercent"]
		is_number(objective[field])
	}
}

limited(spec) if {
	some window in spec.timeWindow
	window.duration
}

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("service-level-objective", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("service-level-objective", found)
}
