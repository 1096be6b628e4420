# METADATA
# scope: package
# title: Dependencies are not left to age
# description: >-
#   The default branch of a repository with dependencies has changed within the last
#   180 days.
# custom:
#   id: fresh-dependencies
#   track: security
#   level: gold
#   severity: medium
#   input: delivery
#   needs: [delivery, delivery.lastCommitAt, repository]
#   why: >-
#     Every list of dependencies gets a security release more often than twice a year.
#     A repository that nobody has touched for longer has not taken them.
#   fix: >-
#     Merge the waiting updates and release; where nothing waits, see whether Renovate
#     or Dependabot still runs. What is no longer needed can be archived.
package waymark.rules.fresh_dependencies

import data.waymark.lib.day
import data.waymark.lib.dependencies
import data.waymark.lib.facts
import data.waymark.lib.settings
import data.waymark.lib.verdict

default applies := false

applies if {
	count(dependencies.files) > 0
	not facts.delivery.archived
}

refused contains verdict.valued(
	verdict.missing(sprintf("the default branch has not changed for %d days", [age])),
	substring(facts.delivery.lastCommitAt, 0, 10),
) if {
	applies
	age := day.between(facts.delivery.lastCommitAt, facts.today)
	age > settings.stale_after_days
}

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("fresh-dependencies", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("fresh-dependencies", found)
}
