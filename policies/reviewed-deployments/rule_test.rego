package waymark.rules.reviewed_deployments_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.reviewed_deployments

test_takes_a_good_component if count(reviewed_deployments.deny) == 0 with input as fixtures.facts

test_no_environment if {
	reviewed_deployments.deny == {{"msg": "there is no environment called live or prod or production"}} with input as fixtures.set_of("/delivery/environments", [{"name": "staging", "reviewers": 1}])
}

test_no_reviewers if {
	every name in ["production", "Prod", "live"] {
		reviewed_deployments.deny == {{"msg": sprintf("the environment %s has no reviewers", [name])}} with input as fixtures.set_of("/delivery/environments", [{"name": name, "reviewers": 0}])
	}
}

test_by_pull_request if {
	called := fixtures.with_workflow([{"op": "add", "path": "/jobs/production", "value": {"uses": "tidewater/platform/.github/workflows/deploy.yml@v1"}}])
	unreviewed := json.patch(called, [{"op": "replace", "path": "/delivery/environments", "value": []}])
	count(reviewed_deployments.deny) == 0 with input as unreviewed
	count(reviewed_deployments.deny) == 1 with input as unreviewed with data.waymark.settings as {"reviewing_workflows": []}
}

test_does_not_apply if {
	not reviewed_deployments.applies with input as fixtures.set_of("/catalog/entity/spec/type", "library")
	not reviewed_deployments.applies with input as fixtures.set_of("/delivery/archived", true)
}
