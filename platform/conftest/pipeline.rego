# METADATA
# scope: package
# title: A pipeline builds and tests it
# description: >-
#   The repository holds the definition of a pipeline, of whichever CI system. Of
#   GitHub Actions, at least one workflow runs by itself on a pull request or a push.
# custom:
#   id: pipeline
#   track: delivery
#   level: bronze
#   severity: high
#   input: repository
#   needs:
#     - repository
#     - repository:.github/workflows/*.yml
#     - repository:.github/workflows/*.yaml
#   why: >-
#     What is not built and tested on every change works on one laptop, until the day
#     somebody else must mend it.
#   fix: >-
#     Add .github/workflows/ci.yaml that installs, tests and builds on pull_request and
#     on push to the main branch.
package waymark.rules.pipeline

import data.waymark.lib.facts
import data.waymark.lib.verdict
import data.waymark.lib.workflow

refused contains verdict.missing("has no pipeline: write .github/workflows/ci.yaml") if {
	facts.repository
	count(workflow.pipelines) == 0
}

# One that is only started by hand, by time or by others tests no change.
refused contains verdict.file(min(workflow.pipelines), "no workflow runs on a pull request or a push") if {
	count(workflow.pipelines) > 0
	every path in workflow.pipelines {
		triggers := workflow.triggers(workflow.workflows[path])
		count(triggers & {"merge_group", "pull_request", "pull_request_target", "push"}) == 0
	}
}

deny contains found if {
	some found in refused
	not data.waymark.lib.exemption.until("pipeline", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	some found in refused
	day := data.waymark.lib.exemption.until("pipeline", found)
}
