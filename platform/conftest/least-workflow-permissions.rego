# METADATA
# scope: package
# title: Workflows may do only what they need
# description: >-
#   Every workflow, or each of its jobs, names the permissions of its token, and none
#   asks for write-all.
# custom:
#   id: least-workflow-permissions
#   track: security
#   level: silver
#   severity: high
#   input: repository
#   needs:
#     - repository
#     - repository:.github/workflows/*.yml
#     - repository:.github/workflows/*.yaml
#   why: >-
#     Where nothing is said, the token of a pipeline may write to the repository in many
#     companies: any script in any dependency could change code and releases.
#   fix: >-
#     Begin the workflow with permissions: {} or contents: read, and give a job what it
#     needs beyond that.
package waymark.rules.least_workflow_permissions

import data.waymark.lib.verdict
import data.waymark.lib.workflow

default applies := false

applies if count(workflow.workflows) > 0

refused contains verdict.field(file, ["permissions"], "may do everything: name what it needs instead of write-all") if {
	some file, document in workflow.workflows
	document.permissions == "write-all"
}

refused contains verdict.field(file, ["jobs", name, "permissions"], sprintf("the job %s may do everything: name what it needs instead of write-all", [name])) if {
	some file, document in workflow.workflows
	some name, job in document.jobs
	job.permissions == "write-all"
}

refused contains verdict.field(file, ["jobs", name], sprintf("the job %s names no permissions, and neither does the workflow", [name])) if {
	some file, document in workflow.workflows
	not "permissions" in object.keys(document)

	# A shared workflow has the permissions of its caller.
	workflow.triggers(document) != {"workflow_call"}
	some name, job in document.jobs
	not "permissions" in object.keys(job)
}

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("least-workflow-permissions", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("least-workflow-permissions", found)
}
