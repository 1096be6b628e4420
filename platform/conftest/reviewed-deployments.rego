# METADATA
# scope: package
# title: A person lets it into production
# description: >-
#   What runs is deployed to a production environment that has reviewers, or by a
#   pull request that a person merges.
# custom:
#   id: reviewed-deployments
#   track: delivery
#   level: gold
#   severity: medium
#   input: delivery
#   needs: [catalog, delivery, repository]
#   why: >-
#     Somebody should know that production changes now, watch it, and be able to say
#     who decided it.
#   fix: >-
#     Make an environment called production on the Git host and name reviewers, or
#     deploy by the platform's workflow deploy.yml.
package waymark.rules.reviewed_deployments

import data.waymark.lib.facts
import data.waymark.lib.settings
import data.waymark.lib.verdict
import data.waymark.lib.workflow

default applies := false

applies if {
	facts.runs
	not facts.delivery.archived
}

refused contains verdict.missing(sprintf("there is no environment called %s", [concat(" or ", settings.production_names)])) if {
	asked
	count(production) == 0
}

refused contains verdict.missing(sprintf("the environment %s has no reviewers", [environment.name])) if {
	asked
	some environment in production
	environment.reviewers < 1
}

asked if {
	applies
	facts.delivery
	facts.repository
	not workflow.calls(settings.reviewing_workflows)
}

production contains environment if {
	some environment in facts.delivery.environments
	lower(environment.name) in settings.production_names
}

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("reviewed-deployments", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("reviewed-deployments", found)
}
