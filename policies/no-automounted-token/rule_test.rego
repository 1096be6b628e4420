package waymark.rules.no_automounted_token_test

import data.waymark.lib.fixtures_test as fixtures
import data.waymark.rules.no_automounted_token

test_takes_a_good_release if count(no_automounted_token.deny) == 0 with input as fixtures.release(fixtures.items)

test_refuses if {
	every kind, path in {
		"CronJob": "/spec/jobTemplate/spec/template/spec/automountServiceAccountToken",
		"Deployment": "/spec/template/spec/automountServiceAccountToken",
		"Job": "/spec/template/spec/automountServiceAccountToken",
	} {
		fixtures.named(no_automounted_token.deny) == {kind} with input as fixtures.removed_of(kind, path)
		fixtures.named(no_automounted_token.deny) == {kind} with input as fixtures.set_of(kind, path, true)
	}
}

test_executor_of_workflows_needs_it if {
	count(no_automounted_token.deny) == 0 with input as fixtures.removed_of("CronWorkflow", "/spec/workflowSpec/automountServiceAccountToken")
}
