# METADATA
# scope: package
# title: Jobs run on a system that does not change by itself
# description: >-
#   No job of the pipeline runs on ubuntu-latest, windows-latest or macos-latest: each
#   names the version of its system.
# custom:
#   id: pinned-runner
#   track: delivery
#   level: gold
#   severity: medium
#   trial: true
#   input: repository
#   needs:
#     - repository
#     - repository:.github/workflows/*.yml
#     - repository:.github/workflows/*.yaml
#   why: >-
#     The Git host moves latest to its next system on a day of its own: compilers and
#     libraries change under the build, and a fix at night waits for a red pipeline.
#   fix: >-
#     Write runs-on: ubuntu-24.04 instead of ubuntu-latest. Renovate offers the next
#     version as a pull request, which shows what it breaks.
package waymark.rules.pinned_runner

import data.waymark.lib.verdict
import data.waymark.lib.workflow

default applies := false

applies if count(runners) > 0

refused contains verdict.valued(
	verdict.field(runner.file, runner.path, sprintf("runs on %s, which becomes another system by itself", [runner.label])),
	runner.label,
) if {
	some runner in runners
	regex.match(`^(?:ubuntu|windows|macos)-latest(?:-|$)`, runner.label)
}

runners contains {"file": file, "path": ["jobs", job, "runs-on"], "label": label} if {
	some file, document in workflow.workflows
	some job
	some label in labels(document.jobs[job]["runs-on"])
}

labels(wanted) := listed(wanted) if not is_object(wanted)

labels(wanted) := listed(object.get(wanted, "labels", [])) if is_object(wanted)

listed(value) := {value} if is_string(value)

listed(value) := {label | some label in value} if is_array(value)

warn contains object.union(found, {"msg": sprintf("%s (on trial)", [found.msg])}) if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("pinned-runner", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("pinned-runner", found)
}
