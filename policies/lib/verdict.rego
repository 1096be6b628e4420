# METADATA
# title: What a rule says
# description: >-
#   `msg` is for people. `kind`, `name` and `path` lead to the place: the path is
#   that of the field, or of what should have had it.
package waymark.lib.verdict

import data.waymark.lib.manifest

of(item, path, text) := {
	"msg": sprintf("%s: %s", [manifest.name(item), text]),
	"kind": item.kind,
	"name": object.get(item, ["metadata", "name"], ""),
	"path": path,
}

pod(pod, fields, text) := of(pod.item, array.concat(pod.path, fields), text)

container(pod, entry, fields, text) := of(
	pod.item,
	array.concat(entry.path, fields),
	sprintf("container %s %s", [entry.name, text]),
)
