# METADATA
# title: All rules in one answer
# description: >-
#   What the portal and `waymark compliance check` ask: for each rule what it
#   refuses and whether it concerns the component at all.
package waymark.report

report[id] := {"deny": deny, "applies": applies(name)} if {
	some name
	deny := data.waymark.rules[name].deny
	id := replace(name, "_", "-")
}

default applies(_) := true

applies(name) := data.waymark.rules[name].applies
