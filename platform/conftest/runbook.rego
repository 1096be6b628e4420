# METADATA
# scope: package
# title: A runbook says what to do
# description: >-
#   What runs has a runbook: a file or folder of that name in the repository, or a link
#   of the component to one that is kept elsewhere.
# custom:
#   id: runbook
#   track: ownership
#   level: silver
#   severity: high
#   input: repository
#   needs: [catalog, repository]
#   why: >-
#     Who is woken at three should follow steps that somebody thought through by day.
#   fix: >-
#     Write docs/runbook.md with a heading for each alert: what it means, what to check,
#     how to end it. Or link the runbook in metadata.links with the title Runbook.
package waymark.rules.runbook

import data.waymark.lib.facts
import data.waymark.lib.verdict

default applies := false

applies if facts.runs

refused contains verdict.missing("has no runbook: write docs/runbook.md, or link one in metadata.links of catalog-info.yaml") if {
	applies
	facts.repository
	not written
	not linked
}

written if count(facts.titles & titles) > 0

titles := {concat("", parts) |
	some start in ["run", "play"]
	some joint in ["", "-", "_"]
	some end in ["book", "books"]
	parts := [start, joint, end]
}

# A link to the component's own pages is no runbook: those are files, seen above.
linked if {
	some link in facts.links
	regex.match(`(?i)\b(?:run|play)[- ]?book`, concat(" ", [object.get(link, "title", ""), object.get(link, "type", "")]))
	not regex.match(own_pages, link.url)
}

own_pages := concat("", [`/docs/[^/]+/component/`, facts.entity.metadata.name, `(?:/|$)`])

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("runbook", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("runbook", found)
}
