package waymark.rules.pinned_actions_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.pinned_actions

test_takes_a_good_component if count(pinned_actions.deny) == 0 with input as fixtures.facts

step_uses(name) := fixtures.with_workflow([{"op": "replace", "path": "/jobs/image/steps/0/uses", "value": name}])

digest := "3ec6dad358db08acecda56b7a3184037cd810394a65046fafa4f33c7750141b1"

test_pinned if {
	every name in [
		fixtures.checkout,
		sprintf("actions/checkout@%s", [digest]),
		"./.github/actions/setup",
		sprintf("docker://alpine@sha256:%s", [digest]),
	] {
		count(pinned_actions.deny) == 0 with input as step_uses(name)
	}
}

test_not_pinned if {
	every name in ["actions/checkout@v6", "actions/checkout@main", "actions/checkout", "docker://alpine:3.23", "actions/checkout@11bd719"] {
		pinned_actions.deny == {{
			"msg": sprintf("%s is not pinned by commit", [name]),
			"value": name,
			"file": ".github/workflows/ci.yaml",
			"path": ["jobs", "image", "steps", 0, "uses"],
		}} with input as step_uses(name)
	}
}

test_shared_workflow if {
	pinned_actions.deny == {{
		"msg": "tidewater/platform/.github/workflows/code.yml@v1 is not pinned by commit",
		"value": "tidewater/platform/.github/workflows/code.yml@v1",
		"file": ".github/workflows/ci.yaml",
		"path": ["jobs", "code", "uses"],
	}} with input as fixtures.with_workflow([{"op": "add", "path": "/jobs/code", "value": {"uses": "tidewater/platform/.github/workflows/code.yml@v1"}}])
}

test_own_action if {
	pinned_actions.deny == {{
		"msg": "actions/cache@v5 is not pinned by commit",
		"value": "actions/cache@v5",
		"file": ".github/actions/setup/action.yml",
		"path": ["runs", "steps", 0, "uses"],
	}} with input as fixtures.with_files([{
		"path": ".github/actions/setup/action.yml",
		"documents": [{"runs": {"using": "composite", "steps": [{"uses": "actions/cache@v5"}]}}],
	}])
}

test_without_actions_it_does_not_apply if {
	pinned_actions.applies with input as fixtures.facts
	not pinned_actions.applies with input as fixtures.without_files({".github/workflows/ci.yaml"})
}
