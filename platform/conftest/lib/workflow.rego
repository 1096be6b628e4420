# METADATA
# title: The pipeline's files
# description: Workflows in the format of GitHub Actions, and the actions beside them.
package waymark.lib.workflow

import data.waymark.lib.facts

# Where each CI system looks: files with these names, whatever their ending, and
# all in these folders. Patterns would take long to compile.
pipeline_files := {
	".buildkite/pipeline",
	".circleci/config",
	".cloudbuild",
	".drone",
	".gitlab-ci",
	".travis",
	".woodpecker",
	"azure-pipelines",
	"bitbucket-pipelines",
	"cloudbuild",
}

workflow_folders := {".forgejo/workflows/", ".gitea/workflows/", ".github/workflows/"}

pipeline_folders := workflow_folders | {".tekton/", ".woodpecker/"}

pipelines contains "Jenkinsfile" if "Jenkinsfile" in facts.paths

pipelines contains path if {
	some path, name in yaml_files
	name in pipeline_files
}

pipelines contains path if {
	some path in object.keys(yaml_files)
	facts.folder(path) in pipeline_folders
}

workflows[path] := facts.parsed[path] if {
	some path in pipelines
	facts.folder(path) in workflow_folders
}

yaml_files[path] := trim_suffix(path, ending) if {
	some path in facts.paths
	some ending in [".yaml", ".yml"]
	endswith(path, ending)
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

# Lists: a set compares whole steps.
steps := array.concat(
	[{"file": file, "path": ["jobs", job, "steps", index], "step": step} |
		some file, workflow in workflows
		some job
		some index, step in workflow.jobs[job].steps
	],
	[{"file": file, "path": ["runs", "steps", index], "step": step} |
		some file, action in actions
		some index, step in action.runs.steps
	],
)

# A job is one of these shared workflows.
calls(names) if {
	some name in names
	at := concat("", [name, "@"])
	some use in uses
	contains(use.name, at)
}

# Of any CI system.
texts[path] := facts.files[path].text if some path in pipelines
