package waymark.lib.facts_test

import data.waymark.lib.facts
import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.lib.fixtures_test as manifests
import data.waymark.lib.settings
import data.waymark.lib.verdict

test_every_way_to_ask if {
	every question in [fixtures.facts, [{"path": "facts.yaml", "contents": fixtures.facts}]] {
		facts.document == fixtures.facts with input as question
		facts.today == "2026-11-21" with input as question
	}
}

test_manifests_are_no_facts if {
	every question in [manifests.job, manifests.release(manifests.items), {"review": {"object": manifests.job}}] {
		not facts.document with input as question
		not facts.repository with input as question
	}
}

test_types if {
	facts.serves with input as fixtures.facts
	facts.runs with input as fixtures.set_of("/catalog/entity/spec/type", "data-pipeline")
	not facts.serves with input as fixtures.set_of("/catalog/entity/spec/type", "data-pipeline")
	not facts.runs with input as fixtures.set_of("/catalog/entity/spec/type", "library")
}

test_settings_of_a_company if {
	facts.serves with input as fixtures.set_of("/catalog/entity/spec/type", "gateway") with data.waymark.settings as {"serving_types": ["gateway"]}
	facts.runs with input as fixtures.set_of("/catalog/entity/spec/type", "gateway") with data.waymark.settings as {"running_types": ["gateway"]}
	every name in ["image_mirrors", "production_names", "registries", "reviewing_workflows", "sbom_workflows", "stale_after_days"] {
		settings[name] == "own" with data.waymark.settings as {name: "own"}
	}
}

test_folders if {
	facts.folder("docs/adr/0001.md") == "docs/adr/"
	facts.folder("README.md") == ""
	facts.basename("docs/adr/0001.md") == "0001.md"
}

test_blank_annotation_is_none if {
	facts.annotation("backstage.io/techdocs-ref") == "dir:." with input as fixtures.facts
	not facts.annotation("backstage.io/techdocs-ref") with input as fixtures.annotated("backstage.io/techdocs-ref", " ")
	not facts.annotation("backstage.io/techdocs-ref") with input as fixtures.removed_of("/catalog/entity/metadata/annotations")
}

test_place_of_the_entity if {
	facts.entity_place == {"file": "catalog-info.yaml", "document": 0} with input as fixtures.facts
	api := {"kind": "API", "metadata": {"name": "parcel-labels"}}
	nested := {"path": "services/labels/catalog-info.yml", "documents": [api, fixtures.catalog.entity]}
	verdict.entity(["spec"], "is bad") == {
		"msg": "is bad",
		"file": "services/labels/catalog-info.yml",
		"document": 1,
		"path": ["spec"],
	} with input as fixtures.with_files([nested])
}
