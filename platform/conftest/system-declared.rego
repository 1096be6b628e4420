# METADATA
# scope: package
# title: It belongs to a system
# description: >-
#   The component names the system that it is a part of.
# custom:
#   id: system-declared
#   track: ownership
#   level: gold
#   severity: low
#   input: catalog
#   needs: [catalog]
#   why: >-
#     A system is what people outside the team know. Without it the component is missing
#     from the system's page, its diagram and its score.
#   fix: >-
#     Set spec.system in catalog-info.yaml.
package waymark.rules.system_declared

import data.waymark.lib.facts
import data.waymark.lib.verdict

refused contains verdict.entity(["spec", "system"], "spec.system is missing") if {
	facts.entity
	object.get(facts.entity, ["spec", "system"], "") == ""
}

deny contains found if {
	some found in refused
	not data.waymark.lib.exemption.until("system-declared", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	some found in refused
	day := data.waymark.lib.exemption.until("system-declared", found)
}
