# METADATA
# title: What a rule says
# description: >-
#   `msg` is for people. Of a manifest, `kind`, `name` and `path` lead to the place,
#   and `environment` says whose release it is in, where that is known. Of a
#   repository, `file` does, with a `line` from 1 or with a `path` into one
#   `document` of it, counted from 0. The path is that of the field, or of what
#   should have had it. What is not there yet has no place: `msg` says where to put
#   it. `value` is what is wrong, for people: never a secret.
package waymark.lib.verdict

import data.waymark.lib.facts
import data.waymark.lib.manifest

of(item, path, text) := object.union(
	{
		"msg": sprintf("%s: %s", [manifest.name(item), text]),
		"kind": item.kind,
		"name": object.get(item, ["metadata", "name"], ""),
		"path": path,
	},
	{"environment": name | name := manifest.environment(item); name != ""},
)

pod(pod, fields, text) := of(pod.item, array.concat(pod.path, fields), text)

container(pod, entry, fields, text) := of(
	pod.item,
	array.concat(entry.path, fields),
	sprintf("container %s %s", [entry.name, text]),
)

missing(text) := {"msg": text}

file(path, text) := {"file": path, "msg": text}

line(path, number, text) := {"file": path, "line": number, "msg": text}

field(path, fields, text) := {"file": path, "path": fields, "msg": text}

# A field of the component's entity.
entity(fields, text) := object.union(facts.entity_place, {"path": fields, "msg": text})

valued(verdict, value) := object.union(verdict, {"value": value})
