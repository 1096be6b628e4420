package waymark.rules.pinned_runner_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.pinned_runner

test_takes_a_good_component if count(pinned_runner.deny) == 0 with input as fixtures.facts

runs_on(wanted) := fixtures.with_workflow([{"op": "add", "path": "/jobs/image/runs-on", "value": wanted}])

refused(label) := {{
	"msg": sprintf("runs on %s, which becomes another system by itself", [label]),
	"value": label,
	"file": ".github/workflows/ci.yaml",
	"path": ["jobs", "image", "runs-on"],
}}

test_latest if {
	every label in ["ubuntu-latest", "windows-latest", "macos-latest-xlarge"] {
		pinned_runner.deny == refused(label) with input as runs_on(label)
	}
}

test_in_a_list_or_a_group if {
	every wanted in [["self-hosted", "ubuntu-latest"], {"group": "large", "labels": ["ubuntu-latest"]}, {"labels": "ubuntu-latest"}] {
		pinned_runner.deny == refused("ubuntu-latest") with input as runs_on(wanted)
	}
}

test_a_version_or_a_machine_of_ones_own if {
	every wanted in ["ubuntu-24.04", "macos-15-xlarge", ["self-hosted", "linux"], "build-latest", {"group": "large"}, "${{ matrix.os }}"] {
		count(pinned_runner.deny) == 0 with input as runs_on(wanted)
	}
}

test_without_jobs_of_its_own_it_does_not_apply if {
	pinned_runner.applies with input as fixtures.facts
	not pinned_runner.applies with input as fixtures.with_workflow([{"op": "remove", "path": "/jobs/image/runs-on"}])
	not pinned_runner.applies with input as fixtures.without_files({".github/workflows/ci.yaml"})
}
