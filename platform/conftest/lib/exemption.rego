# METADATA
# title: What a service is exempt from, and until when
# description: >-
#   Asked where a rule is put into force, never by a rule: only this file knows the
#   day. A service is known by its name in the catalog and by the label
#   app.kubernetes.io/name of its objects.
package waymark.lib.exemption

import data.waymark.lib.facts
import data.waymark.lib.manifest
import data.waymark.lib.workload

# In UTC.
today := data.waymark.today if {
	data.waymark.today
} else := time.format([time.now_ns(), "UTC", "2006-01-02"])

# The last day on which a verdict of a rule counts for nothing.
until(rule, verdict) := max(days) if {
	days := {exemption.until |
		some exemption in data.waymark.exemptions
		exemption.rule == rule
		exemption.until >= today
		services(verdict) == {exemption.service}
	}
	count(days) > 0
}

# More than one where the verdict's object cannot be told from that of another.
services(_) := {facts.entity.metadata.name}

services(verdict) := {service(item) |
	some item in manifest.objects
	item.kind == verdict.kind
	object.get(item, ["metadata", "name"], "") == verdict.name
} if {
	not facts.entity
}

# An object's own label counts before that of the pods it makes.
service(item) := array.concat(
	[name |
		some at in [[], object.get(workload.templates, item.kind, [])]
		name := object.get(item, array.concat(at, ["metadata", "labels", "app.kubernetes.io/name"]), null)
		name != null
	],
	[""],
)[0]
