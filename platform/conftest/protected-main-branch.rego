# METADATA
# scope: package
# title: The main branch is protected
# description: >-
#   The default branch takes only what has passed at least one required check, and its
#   history cannot be overwritten.
# custom:
#   id: protected-main-branch
#   track: delivery
#   level: bronze
#   severity: high
#   input: delivery
#   needs: [delivery]
#   why: >-
#     A pipeline that may be passed by protects nothing, and what was deployed must
#     still be there when somebody asks what changed.
#   fix: >-
#     Protect the default branch on the Git host: name the pipeline's check as required
#     and forbid force pushes.
package waymark.rules.protected_main_branch

import data.waymark.lib.facts
import data.waymark.lib.verdict

default applies := false

# Nothing is merged into a repository that is archived.
applies if not facts.delivery.archived

refused contains verdict.missing("the default branch is not protected") if {
	applies
	facts.delivery.protection == null
}

refused contains verdict.missing("the default branch requires no check to pass") if {
	applies
	count(facts.delivery.protection.requiredChecks) == 0
}

refused contains verdict.missing("the history of the default branch can be overwritten: forbid force pushes") if {
	applies
	facts.delivery.protection.forcePushes
}

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("protected-main-branch", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("protected-main-branch", found)
}
