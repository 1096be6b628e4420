package waymark.rules.dependency_updates_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.dependency_updates

test_takes_a_good_component if count(dependency_updates.deny) == 0 with input as fixtures.facts

only(files) := json.patch(
	fixtures.without_files({"renovate.json", "package.json"}),
	[{"op": "add", "path": "/repository/files/-", "value": file} | some file in files],
)

test_none if {
	every facts in [only([]), only([{"path": "package.json", "documents": [{"name": "labels"}]}])] {
		dependency_updates.deny == {{"msg": "nothing renews its dependencies: write renovate.json or .github/dependabot.yml"}} with input as facts
	}
}

test_every_place if {
	every file in [
		{"path": ".renovaterc"},
		{"path": ".github/renovate.json5"},
		{"path": "package.json", "documents": [{"renovate": {"extends": ["config:recommended"]}}]},
		{"path": ".github/dependabot.yml"},
		{"path": ".github/dependabot.yml", "documents": [{"version": 2, "updates": [{"package-ecosystem": "npm"}]}]},
	] {
		count(dependency_updates.deny) == 0 with input as only([file])
	}
}

switched_off := [
	{"path": "renovate.json", "documents": [{"enabled": false}]},
	{"path": "package.json", "documents": [{"renovate": {"enabled": false}}]},
	{"path": ".github/dependabot.yml", "documents": [{"version": 2, "updates": []}]},
]

test_switched_off if {
	{verdict | some file in switched_off; some verdict in dependency_updates.deny with input as only([file])} == {
		{"msg": "is switched off", "file": "renovate.json", "path": ["enabled"]},
		{"msg": "is switched off", "file": "package.json", "path": ["renovate", "enabled"]},
		{"msg": "is switched off", "file": ".github/dependabot.yml", "path": ["updates"]},
	}
}

test_one_at_work_is_enough if {
	count(dependency_updates.deny) == 0 with input as only([switched_off[0], {"path": ".github/dependabot.yaml"}])
}
