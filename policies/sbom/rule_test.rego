package waymark.rules.sbom_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.sbom

test_takes_a_good_component if count(sbom.deny) == 0 with input as fixtures.facts

unlisted := fixtures.with_workflow([{"op": "remove", "path": "/jobs/image/steps/2"}])

with_step(step) := fixtures.with_workflow([{"op": "replace", "path": "/jobs/image/steps/2", "value": step}])

test_none if {
	every facts in [
		unlisted,
		with_step({"uses": "docker/build-push-action@v6", "with": {"push": true}}),
		with_step({"uses": "docker/build-push-action@v6", "with": {"sbom": "false"}}),
		with_step({"uses": "aquasecurity/trivy-action@v1", "with": {"format": "table"}}),
		with_step({"uses": "aquasecurity/trivy-action@v1"}),
		with_step({"run": "docker build ."}),
		fixtures.without_files({".github/workflows/ci.yaml"}),
	] {
		sbom.deny == {{"msg": "the pipeline makes no SBOM of the image"}} with input as facts
	}
}

test_every_way_to_make_one if {
	every step in [
		{"uses": "docker/build-push-action@v6", "with": {"sbom": "generator=image"}},
		{"uses": "anchore/sbom-action@v0"},
		{"uses": "anchore/sbom-action/publish-sbom@v0"},
		{"uses": "CycloneDX/gh-node-module-generatebom@v1"},
		{"uses": "aquasecurity/trivy-action@v1", "with": {"format": "spdx-json"}},
		{"run": "syft scan image -o cyclonedx-json > sbom.json"},
		{"run": "docker buildx build --sbom=true --push ."},
		{"run": "mvn package org.cyclonedx:cyclonedx-maven-plugin:makeAggregateBom"},
	] {
		count(sbom.deny) == 0 with input as with_step(step)
	}
}

test_shared_workflow if {
	called := fixtures.with_workflow([{"op": "replace", "path": "/jobs/image", "value": {"uses": "tidewater/platform/.github/workflows/image.yml@v1"}}])
	count(sbom.deny) == 0 with input as called
	count(sbom.deny) == 1 with input as called with data.waymark.settings as {"sbom_workflows": []}
}

moved(text) := json.patch(
	fixtures.without_files({".github/workflows/ci.yaml"}),
	[{"op": "add", "path": "/repository/files/-", "value": {"path": ".gitlab-ci.yml", "text": text}}],
)

test_another_system if {
	count(sbom.deny) == 0 with input as moved("image:\n  script: trivy image --format cyclonedx $IMAGE\n")
	count(sbom.deny) == 1 with input as moved("image:\n  script: docker build .\n")
}

test_without_an_image_it_does_not_apply if {
	sbom.applies with input as fixtures.facts
	not sbom.applies with input as fixtures.without_files({"Dockerfile"})
	count(sbom.deny) == 0 with input as fixtures.without_files({"Dockerfile", ".github/workflows/ci.yaml"})
}
