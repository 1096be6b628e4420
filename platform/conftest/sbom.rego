# METADATA
# scope: package
# title: The pipeline lists what is in the image
# description: >-
#   Where there is an image to build, the pipeline makes a software bill of materials
#   (SBOM) of it, by a known action or program, or by a shared workflow that does.
# custom:
#   id: sbom
#   track: delivery
#   level: gold
#   severity: medium
#   input: repository
#   needs:
#     - repository
#     - repository:.github/workflows/*.yml
#     - repository:.github/workflows/*.yaml
#   why: >-
#     When a hole in a library is public, the question is which of all running images
#     have it, and it must be answered within the hour.
#   fix: >-
#     Set sbom to true for docker/build-push-action, add anchore/sbom-action, or call
#     the platform's workflow image.yml.
package waymark.rules.sbom

import data.waymark.lib.image
import data.waymark.lib.settings
import data.waymark.lib.verdict
import data.waymark.lib.workflow

default applies := false

applies if count(image.files) > 0

refused contains verdict.missing("the pipeline makes no SBOM of the image") if {
	applies
	not made
}

# One after the other: the patterns are asked where nothing simpler answers.
made if {
	workflow.calls(settings.sbom_workflows)
} else if {
	some use in workflow.uses
	regex.match(`^(?:anchore|microsoft)/sbom-action(?:/[a-z-]+)?@|^CycloneDX/`, use.name)
} else if {
	some step in workflow.steps
	startswith(step.step.uses, "docker/build-push-action@")
	not object.get(step.step, ["with", "sbom"], false) in {false, "false"}
} else if {
	some step in workflow.steps
	startswith(step.step.uses, "aquasecurity/trivy-action@")
	object.get(step.step, ["with", "format"], "") in {"cyclonedx", "spdx", "spdx-json"}
} else if {
	some step in workflow.steps
	regex.match(commands, step.step.run)
} else if {
	# Of another CI system only the text is known.
	some path in workflow.pipelines
	not workflow.workflows[path]
	regex.match(commands, workflow.texts[path])
}

commands := `\b(?:syft|cdxgen|cyclonedx[\w-]*|sbom-tool)\b|--sbom\b|\bdocker sbom\b|\btrivy\b.*\b(?:cyclonedx|spdx)`

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("sbom", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("sbom", found)
}
