# METADATA
# title: The pipeline's files
# description: Workflows in the format of GitHub Actions, and the actions beside them.
package waymark.lib.workflow

import data.waymark.lib.facts

# Where each CI system looks.
pipeline_files := `^(?:\.(?:github|gitea|forgejo)/workflows/[^/]+\.ya?ml|\.gitlab-ci\.ya?ml|Jenkinsfile|\.circleci/config\.ya?ml|azure-pipelines\.ya?ml|bitbucket-pipelines\.ya?ml|\.buildkite/pipeline\.ya?ml|\.tekton/[^/]+\.ya?ml|\.travis\.ya?ml|\.?cloudbuild\.ya?ml|\.(?:drone|woodpecker)\.ya?ml|\.woodpecker/[^/]+\.ya?ml)$`

pipelines contains path if {
	some path in facts.paths
	regex.match(pipeline_files, path)
}

workflows[path] := facts.parsed[path] if {
	some path in facts.paths
	regex.match(`^\.(?:github|gitea|forgejo)/workflows/[^/]+\.ya?ml$`, path)
}

# Actions that the repository itself keeps.
actions[path] := facts.parsed[path] if {
	some path in facts.paths
	facts.basename(path) in {"action.yml", "action.yaml"}
}

# What starts a workflow.
triggers(workflow) := {workflow.on} if is_string(workflow.on)

triggers(workflow) := {event | some event in workflow.on} if is_array(workflow.on)

triggers(workflow) := object.keys(workflow.on) if is_object(workflow.on)

# Everything that is run and comes from elsewhere.
uses contains {"file": file, "path": ["jobs", job, "uses"], "name": workflow.jobs[job].uses} if {
	some file, workflow in workflows
	some job
	workflow.jobs[job].uses
}

uses contains {"file": step.file, "path": array.concat(step.path, ["uses"]), "name": step.step.uses} if {
	some step in steps
}

steps contains {"file": file, "path": ["jobs", job, "steps", index], "step": step} if {
	some file, workflow in workflows
	some job
	some index, step in workflow.jobs[job].steps
}

steps contains {"file": file, "path": ["runs", "steps", index], "step": step} if {
	some file, action in actions
	some index, step in action.runs.steps
}

# A job is one of these shared workflows.
calls(names) if {
	some use in uses
	some name in names
	contains(use.name, sprintf("%s@", [name]))
}

# Of any CI system.
texts[path] := facts.files[path].text if some path in pipelines
