# METADATA
# scope: package
# title: Actions are pinned by commit
# description: >-
#   Every action and shared workflow that the pipeline runs is named by the full hash of
#   a commit, every image by its digest.
# custom:
#   id: pinned-actions
#   track: delivery
#   level: silver
#   severity: high
#   input: repository
#   needs:
#     - repository
#     - repository:.github/workflows/*.yml
#     - repository:.github/workflows/*.yaml
#   why: >-
#     A tag can be moved by whoever gets into the action's repository; the new code then
#     runs with the pipeline's secrets, as has happened to thousands of repositories.
#   fix: >-
#     Write the commit, and the version beside it as a comment:
#     actions/checkout@<40 digits> # v6.1.0. Renovate and Dependabot keep both up to date.
package waymark.rules.pinned_actions

import data.waymark.lib.digest
import data.waymark.lib.verdict
import data.waymark.lib.workflow

default applies := false

applies if count(workflow.workflows) > 0

refused contains verdict.valued(
	verdict.field(use.file, use.path, sprintf("%s is not pinned by commit", [use.name])),
	use.name,
) if {
	some use in workflow.uses
	not pinned(use.name)
}

pinned(name) if startswith(name, "./")

pinned(name) if digest.follows(name, "@", {40, 64})

pinned(name) if {
	startswith(name, "docker://")
	digest.follows(name, "@sha256:", {64})
}

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("pinned-actions", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("pinned-actions", found)
}
