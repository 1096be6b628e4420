# METADATA
# scope: package
# title: The base image still gets security updates
# description: >-
#   Every image that a Dockerfile begins from is of a release that its makers still mend
#   today: of the language and, where the name tells, of the operating system.
# custom:
#   id: supported-base-image
#   track: security
#   level: silver
#   severity: high
#   input: repository
#   needs: [repository]
#   why: >-
#     After the last day every hole that is found stays open, and it is public.
#   fix: >-
#     Move to a release that is supported. A longer one costs less: LTS releases of
#     Node.js and Java, Debian stable.
package waymark.rules.supported_base_image

import data.waymark.lib.facts
import data.waymark.lib.image
import data.waymark.lib.support
import data.waymark.lib.verdict

default applies := false

applies if count(image.files) > 0

refused contains verdict.valued(
	verdict.line(base.file, base.line, sprintf("%s %s has had no security updates since %s", [product, version, last])),
	base.image,
) if {
	some base in image.bases
	some [product, version] in support.parts(base.image)
	last := support.end_of(product, version)
	last < facts.today
}

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("supported-base-image", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("supported-base-image", found)
}
