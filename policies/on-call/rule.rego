# METADATA
# scope: package
# title: It is clear who is called
# description: >-
#   What runs says who is on call: a page in the repository, such as docs/on-call.md, or
#   the annotation of a paging service.
# custom:
#   id: on-call
#   track: ownership
#   level: silver
#   severity: medium
#   input: repository
#   needs: [catalog, repository]
#   needs_to_fail: [catalog.owner, slo]
#   why: >-
#     An outage is over sooner when nobody has to find out first whom to call.
#   fix: >-
#     Write docs/on-call.md: who is called, when, and how to hand over. Or annotate
#     catalog-info.yaml with the paging service, such as pagerduty.com/service-id.
package waymark.rules.on_call

import data.waymark.lib.facts
import data.waymark.lib.paging
import data.waymark.lib.verdict

default applies := false

applies if facts.runs

deny contains verdict.missing("nothing says who is called: write docs/on-call.md, or annotate the paging service in catalog-info.yaml") if {
	applies
	facts.repository
	not written
	count(paging.services) == 0
}

written if count(facts.titles & {"oncall", "on-call", "on_call"}) > 0
