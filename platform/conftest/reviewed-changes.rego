# METADATA
# scope: package
# title: A second person sees every change
# description: >-
#   The default branch requires at least one approving review.
# custom:
#   id: reviewed-changes
#   track: delivery
#   level: silver
#   severity: medium
#   input: delivery
#   needs: [delivery]
#   why: >-
#     Two people know the change when it breaks at night, and one stolen account is not
#     enough to bring code to production.
#   fix: >-
#     Require one approving review in the protection of the default branch.
package waymark.rules.reviewed_changes

import data.waymark.lib.facts
import data.waymark.lib.verdict

default applies := false

# Without any protection the default branch is the matter of protected-main-branch.
applies if {
	not facts.delivery.archived
	facts.delivery.protection != null
}

refused contains verdict.missing("the default branch requires no review") if {
	applies
	facts.delivery.protection.requiredReviews < 1
}

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("reviewed-changes", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("reviewed-changes", found)
}
