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
	some path, title in facts.pages
	not lists(title)
	some folder in facts.folders(path)
	folder in folders
}

folders := {"adr", "adrs"} | {concat("", parts) |
	some start in ["", "architecture-"]
	some middle in ["decision", "decisions"]
	some end in ["", "-record", "-records"]
	parts := [start, middle, end]
}

# It leads to the decisions, or says how to write one.
lists(title) if {
	some part in ["readme", "index", "template"]
	contains(title, part)
}

deny contains found if {
	some found in refused
	not data.waymark.lib.exemption.until("decision-records", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	some found in refused
	day := data.waymark.lib.exemption.until("decision-records", found)
}
