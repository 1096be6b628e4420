package waymark.rules.fresh_dependencies_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.fresh_dependencies

test_takes_a_good_component if count(fresh_dependencies.deny) == 0 with input as fixtures.facts

since(time) := fixtures.set_of("/delivery/lastCommitAt", time)

test_age if {
	fresh_dependencies.deny == {{
		"msg": "the default branch has not changed for 181 days",
		"value": "2026-05-24",
	}} with input as since("2026-05-24T23:59:59Z")
	count(fresh_dependencies.deny) == 0 with input as since("2026-05-25T00:00:00Z")
	count(fresh_dependencies.deny) == 1 with input as since("2026-05-25T00:00:00Z") with data.waymark.settings as {"stale_after_days": 90}
}

test_not_known_says_nothing if {
	every path in ["/delivery/lastCommitAt", "/today"] {
		count(fresh_dependencies.deny) == 0 with input as fixtures.removed_of(path)
	}
}

test_does_not_apply if {
	not fresh_dependencies.applies with input as fixtures.set_of("/delivery/archived", true)
	not fresh_dependencies.applies with input as fixtures.without_files({"package.json"})
}
