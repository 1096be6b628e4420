# METADATA
# scope: package
# title: Decisions are written down
# description: >-
#   The repository has an architecture decision record: a page in a folder adr, adrs,
#   decisions or decision-records.
# custom:
#   id: decision-records
#   track: ownership
#   level: gold
#   severity: low
#   input: repository
#   needs: [repository]
#   why: >-
#     Code says what was decided, never why. Without the reason a decision is kept for
#     too long, or undone for the wrong reason.
#   fix: >-
#     Write docs/adr/0001-….md: context, decision, consequences. The first one may say
#     why the component exists.
package waymark.rules.decision_records

import data.waymark.lib.facts
import data.waymark.lib.verdict

refused contains verdict.missing("has no decision record: write docs/adr/0001-….md") if {
	facts.repository
	not written
}

written if {
	some path in facts.paths
	regex.match(`(?i)(?:^|/)(?:adrs?|(?:architecture-)?decisions?(?:-records?)?)/.+\.(?:md|adoc|rst)$`, path)
	not regex.match(`(?i)(?:readme|index|template)[^/]*$`, path)
}

deny contains found if {
	some found in refused
	not data.waymark.lib.exemption.until("decision-records", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	some found in refused
	day := data.waymark.lib.exemption.until("decision-records", found)
}
