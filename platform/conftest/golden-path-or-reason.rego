# METADATA
# scope: package
# title: On a golden path, or off the road for a reason
# description: >-
#   What runs was made from a golden path, or the annotation waymark.dev/off-road says
#   in a sentence why not.
# custom:
#   id: golden-path-or-reason
#   track: delivery
#   level: silver
#   severity: low
#   input: catalog
#   needs: [catalog, repository]
#   why: >-
#     Off the road is allowed. But whoever keeps the paths should learn where they do
#     not lead, and the next person should know that it was meant.
#   fix: >-
#     Annotate catalog-info.yaml with waymark.dev/off-road and the reason, or move onto
#     a golden path.
package waymark.rules.golden_path_or_reason

import data.waymark.lib.facts
import data.waymark.lib.verdict

default applies := false

applies if facts.runs

refused contains verdict.entity(["metadata", "annotations"], "is on no golden path, and no annotation waymark.dev/off-road says why") if {
	applies
	facts.repository
	not on_path
	not facts.annotation("waymark.dev/off-road")
}

on_path if facts.annotation("waymark.dev/template")

on_path if facts.entity.spec.scaffoldedFrom

on_path if ".waymark/scaffold.yaml" in facts.paths

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("golden-path-or-reason", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("golden-path-or-reason", found)
}
