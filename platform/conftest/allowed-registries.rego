# METADATA
# scope: package
# title: Images come from known registries
# description: >-
#   Every image is one of the registries in lib/settings.rego.
# custom:
#   id: allowed-registries
#   track: security
#   level: bronze
#   severity: high
#   input: manifest
#   needs: [manifest]
#   why: >-
#     An image from elsewhere was scanned by nobody, can be replaced by its owner at any
#     time, and stops all deployments when that registry is down.
#   fix: >-
#     Publish the image with the platform's workflow, or mirror what others publish. The
#     platform team adds a registry to lib/settings.rego by pull request.
package waymark.rules.allowed_registries

import data.waymark.lib.settings
import data.waymark.lib.verdict
import data.waymark.lib.workload

default applies := false

applies if count(workload.pods) > 0

refused contains verdict.container(pod, entry, ["image"], sprintf("runs %s, which is in none of %s", [image, concat(", ", settings.registries)])) if {
	some pod in workload.pods
	some entry in pod.containers
	image := object.get(entry.container, "image", "no image")
	not known(image)
}

known(image) if {
	some registry in settings.registries
	startswith(image, registry)
}

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("allowed-registries", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("allowed-registries", found)
}
