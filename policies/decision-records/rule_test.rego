package waymark.rules.decision_records_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.decision_records

test_takes_a_good_component if count(decision_records.deny) == 0 with input as fixtures.facts

decided(path) := json.patch(fixtures.without_files({"docs/adr/0001-own-printer-driver.md"}), [{"op": "add", "path": "/repository/files/-", "value": {"path": path}}])

test_none if {
	decision_records.deny == {{"msg": "has no decision record: write docs/adr/0001-….md"}} with input as fixtures.without_files({"docs/adr/0001-own-printer-driver.md"})
}

test_every_folder if {
	every path in ["adr/0001-go.md", "docs/adrs/2026/go.md", "docs/decisions/0001-go.md", "docs/architecture-decisions/go.adoc", "doc/Decision-Records/go.md"] {
		count(decision_records.deny) == 0 with input as decided(path)
	}
}

test_a_list_of_decisions_is_none if {
	every path in ["docs/adr/README.md", "docs/adr/template.md", "docs/adr/0000-template-nygard.md", "src/adr/parser.ts", "docs/decisions.md"] {
		count(decision_records.deny) == 1 with input as decided(path)
	}
}
