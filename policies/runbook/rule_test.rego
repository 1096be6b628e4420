package waymark.rules.runbook_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.runbook

test_takes_a_good_component if count(runbook.deny) == 0 with input as fixtures.facts

test_none if {
	runbook.deny == {{"msg": "has no runbook: write docs/runbook.md, or link one in metadata.links of catalog-info.yaml"}} with input as fixtures.without_files({"docs/runbook.md"})
}

linked(link) := json.patch(fixtures.without_files({"docs/runbook.md"}), [{"op": "add", "path": "/catalog/entity/metadata/links", "value": [link]}])

test_written if {
	every path in ["RUNBOOK.md", "docs/runbooks/printers.md", "ops/run-book.adoc", "playbooks/labels.md"] {
		count(runbook.deny) == 0 with input as json.patch(fixtures.without_files({"docs/runbook.md"}), [{"op": "add", "path": "/repository/files/-", "value": {"path": path}}])
	}
}

test_linked if {
	every link in [
		{"url": "https://wiki.tidewater.example/labels", "title": "Runbook of the printers"},
		{"url": "https://wiki.tidewater.example/labels", "type": "runbook"},
	] {
		count(runbook.deny) == 0 with input as linked(link)
	}
	every link in [
		{"url": "https://portal.tidewater.example/docs/default/component/parcel-labels/runbook", "title": "Runbook"},
		{"url": "https://wiki.tidewater.example/labels", "title": "Pipeline"},
	] {
		count(runbook.deny) == 1 with input as linked(link)
	}
}

test_a_library_needs_none if {
	library := json.patch(fixtures.without_files({"docs/runbook.md"}), [{"op": "replace", "path": "/catalog/entity/spec/type", "value": "library"}])
	not runbook.applies with input as library
	count(runbook.deny) == 0 with input as library
}
