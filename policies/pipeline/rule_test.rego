package waymark.rules.pipeline_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.pipeline

test_takes_a_good_component if count(pipeline.deny) == 0 with input as fixtures.facts

with_pipeline(path, documents) := json.patch(
	fixtures.without_files({".github/workflows/ci.yaml"}),
	[{"op": "add", "path": "/repository/files/-", "value": object.union({"path": path}, documents)}],
)

test_none if {
	pipeline.deny == {{"msg": "has no pipeline: write .github/workflows/ci.yaml"}} with input as fixtures.without_files({".github/workflows/ci.yaml"})
	count(pipeline.deny) == 1 with input as with_pipeline("docs/.github/workflows/ci.yaml", {})
}

test_any_system if {
	every path in [".gitlab-ci.yml", "Jenkinsfile", ".circleci/config.yml", ".forgejo/workflows/test.yml", ".woodpecker/test.yaml", "azure-pipelines.yml"] {
		count(pipeline.deny) == 0 with input as with_pipeline(path, {})
	}
}

test_every_way_to_write_triggers if {
	every triggers in ["push", ["workflow_dispatch", "pull_request"], {"merge_group": null, "schedule": []}] {
		count(pipeline.deny) == 0 with input as fixtures.with_workflow([{"op": "replace", "path": "/on", "value": triggers}])
	}
}

test_only_by_hand_or_time if {
	every triggers in ["workflow_dispatch", ["schedule"], {"workflow_call": {}}] {
		pipeline.deny == {{
			"msg": "no workflow runs on a pull request or a push",
			"file": ".github/workflows/ci.yaml",
		}} with input as fixtures.with_workflow([{"op": "replace", "path": "/on", "value": triggers}])
	}
}

test_a_file_that_cannot_be_read_is_not_judged if {
	count(pipeline.deny) == 0 with input as fixtures.with_files([{"path": ".github/workflows/ci.yaml", "text": "on: [push"}])
}
