# METADATA
# scope: package
# title: Images are named by version
# description: >-
#   Every image is named by digest or by a tag other than latest.
# custom:
#   id: pinned-image
#   track: kubernetes
#   level: bronze
#   severity: high
#   input: manifest
#   needs: [manifest]
#   why: >-
#     Without it two pods of one deployment may run different programs, and a rollback
#     brings back nothing.
#   fix: >-
#     Name the image by the digest that was built, or by a tag that is never moved, such
#     as the commit.
package waymark.rules.pinned_image

import data.waymark.lib.digest
import data.waymark.lib.verdict
import data.waymark.lib.workload

default applies := false

applies if count(workload.pods) > 0

deny contains verdict.container(pod, entry, ["image"], sprintf("runs %s: name a digest or a tag other than latest", [image])) if {
	some pod in workload.pods
	some entry in pod.containers
	image := object.get(entry.container, "image", "no image")
	not pinned(image)
}

pinned(image) if digest.follows(image, "@sha256:", {64})

# A colon in an earlier part is the registry's port.
pinned(image) if {
	not contains(image, "@")
	parts := split(image, "/")
	[_, tag] := split(parts[count(parts) - 1], ":")
	not tag in {"", "latest"}
}
