package waymark.rules.documentation_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.documentation

test_takes_a_good_component if count(documentation.deny) == 0 with input as fixtures.facts

ref := "backstage.io/techdocs-ref"

test_no_annotation if {
	documentation.deny == {{
		"msg": "has no annotation backstage.io/techdocs-ref",
		"file": "catalog-info.yaml",
		"document": 0,
		"path": ["metadata", "annotations"],
	}} with input as fixtures.removed_of("/catalog/entity/metadata/annotations")
}

test_no_first_page if {
	documentation.deny == {{"msg": "has no first page: write docs/index.md"}} with input as fixtures.without_files({"docs/index.md"})
}

test_another_folder if {
	configured := {"path": "mkdocs.yml", "documents": [{"docs_dir": "./handbook/"}]}
	fixtures.said(documentation.deny) == {"has no first page: write handbook/index.md"} with input as fixtures.with_files([configured])
	count(documentation.deny) == 0 with input as fixtures.with_files([configured, {"path": "handbook/README.md"}])
}

test_beside_the_entity if {
	component := fixtures.patched([
		{"op": "add", "path": "/catalog/entity/metadata/annotations", "value": {ref: "dir:./guide"}},
		{"op": "add", "path": "/repository/files/-", "value": {"path": "services/labels/catalog-info.yaml", "documents": [fixtures.catalog.entity]}},
	])
	fixtures.said(documentation.deny) == {"has no first page: write services/labels/guide/docs/index.md"} with input as component
	count(documentation.deny) == 0 with input as json.patch(component, [{
		"op": "add",
		"path": "/repository/files/-",
		"value": {"path": "services/labels/guide/docs/index.md"},
	}])
}

test_pages_kept_elsewhere if {
	every annotations in [{ref: "url:https://github.com/tidewater/handbook"}, {"backstage.io/techdocs-entity": "system:default/last-mile-delivery"}] {
		moved := fixtures.set_of("/catalog/entity/metadata/annotations", annotations)
		count(documentation.deny) == 0 with input as json.patch(moved, [{"op": "replace", "path": "/repository/files", "value": []}])
	}
}
