# METADATA
# title: A component that keeps to every rule, and ways to spoil what is known of it
package waymark.lib.facts_fixtures_test

facts := {
	"apiVersion": "waymark.dev/v1",
	"kind": "Facts",
	"today": "2026-11-21",
	"catalog": catalog,
	"repository": repository,
	"manifest": {"releases": [{"environment": "production", "objects": []}]},
	"delivery": delivery,
	"slo": slo,
}

catalog := {
	"entity": {
		"apiVersion": "backstage.io/v1alpha1",
		"kind": "Component",
		"metadata": {
			"name": "parcel-labels",
			"description": "Prints the labels of parcels",
			"annotations": {
				"backstage.io/techdocs-ref": "dir:.",
				"pagerduty.com/service-id": "PTWDEL7",
				"waymark.dev/off-road": "Printers need a driver that no golden path brings.",
			},
		},
		"spec": {
			"type": "service",
			"lifecycle": "production",
			"owner": "group:default/delivery",
			"system": "last-mile-delivery",
			"providesApis": ["labels-api"],
		},
	},
	"owner": {
		"apiVersion": "backstage.io/v1alpha1",
		"kind": "Group",
		"metadata": {"name": "delivery"},
		"spec": {"type": "team"},
	},
	"apis": [{
		"apiVersion": "backstage.io/v1alpha1",
		"kind": "API",
		"metadata": {"name": "labels-api", "description": "Prints a label"},
		"spec": {"type": "openapi", "definition": "openapi: 3.1.0"},
	}],
}

repository := {
	"branch": "main",
	"files": [
		{"path": ".github/workflows/ci.yaml", "documents": [workflow]},
		{"path": "Dockerfile", "text": dockerfile},
		{"path": "docs/adr/0001-own-printer-driver.md"},
		{"path": "docs/index.md"},
		{"path": "docs/on-call.md"},
		{"path": "docs/runbook.md"},
		{"path": "package-lock.json"},
		{"path": "package.json", "documents": [{"dependencies": {"fastify": "^5.6.1"}}]},
		{"path": "renovate.json", "documents": [{"extends": ["config:recommended"]}]},
		{"path": "src/main.ts", "text": "console.log('ready');\n"},
	],
}

checkout := "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683"

workflow := {
	"on": ["pull_request", "push"],
	"permissions": {"contents": "read"},
	"jobs": {"image": {"runs-on": "ubuntu-24.04", "steps": [
		{"uses": checkout},
		{"run": "npm ci && npm test"},
		{
			"uses": "docker/build-push-action@10e90e3645eae34f1e60eeb005ba3a3d33f178e8",
			"with": {"push": true, "sbom": true},
		},
	]}},
}

dockerfile := "FROM node:24.21.0-bookworm-slim\nCOPY . .\nCMD [\"node\", \"src/main.ts\"]\n"

delivery := {
	"protection": {"requiredChecks": ["image"], "requiredReviews": 1, "forcePushes": false},
	"environments": [{"name": "production", "reviewers": 1}, {"name": "staging", "reviewers": 0}],
	"archived": false,
	"lastCommitAt": "2026-11-17T15:04:05Z",
}

slo := {
	"documents": [{"file": "slo/slo.yaml", "document": {
		"apiVersion": "openslo/v1",
		"kind": "SLO",
		"metadata": {"name": "parcel-labels-availability"},
		"spec": {
			"timeWindow": [{"duration": "30d", "isRolling": true}],
			"objectives": [{"target": 0.995}],
		},
	}}],
	"alerts": [{
		"file": "monitoring/alerts.yaml",
		"name": "ErrorBudgetBurn",
		"labels": {"severity": "page"},
		"annotations": {"runbook_url": "https://docs.tidewater.example/parcel-labels/runbook#errorbudgetburn"},
		"expr": "errors:ratio_rate5m > 14.4 * 0.005 and errors:ratio_rate1h > 14.4 * 0.005",
	}],
	"dashboards": ["monitoring/dashboard.json"],
	"paging": ["pagerduty:PTWDEL7"],
}

patched(patches) := json.patch(facts, patches)

set_of(path, value) := patched([{"op": "add", "path": path, "value": value}])

removed_of(path) := patched([{"op": "remove", "path": path}])

# The repository with files more, or with other contents.
with_files(files) := set_of("/repository/files", array.concat(others({file.path | some file in files}), files))

without_files(paths) := set_of("/repository/files", others(paths))

others(paths) := [file |
	some file in facts.repository.files
	not file.path in paths
]

with_workflow(patches) := with_files([{"path": ".github/workflows/ci.yaml", "documents": [json.patch(workflow, patches)]}])

annotated(name, value) := set_of("/catalog/entity/metadata/annotations", {name: value})

# What verdicts say, without the place.
said(verdicts) := {verdict.msg | some verdict in verdicts}
