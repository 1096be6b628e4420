# METADATA
# title: What is known about a component
# description: >-
#   The parts of a facts document, each undefined where it is not known, and what
#   rules often ask of them. conftest --combine hands the document over in a list.
package waymark.lib.facts

import data.waymark.lib.settings

document := input if is_facts(input)

document := [entry.contents | some entry in input; is_facts(entry.contents)][0] if is_array(input)

is_facts(value) if {
	value.apiVersion == "waymark.dev/v1"
	value.kind == "Facts"
}

catalog := document.catalog

repository := document.repository

manifest := document.manifest

delivery := document.delivery

slo := document.slo

# "2026-12-31": rules have no clock.
today := document.today

entity := catalog.entity

annotation(name) := value if {
	value := trim_space(entity.metadata.annotations[name])
	value != ""
}

links contains link if some link in entity.metadata.links

# Others wait for its answer.
serves if entity.spec.type in settings.serving_types

# It runs somewhere, on demand or all the time.
runs if entity.spec.type in settings.running_types

files[file.path] := file if some file in repository.files

paths := object.keys(files)

# Where there are files of a name.
named[basename(path)] contains path if some path in paths

# Files that people read: their names without the ending, in lower case.
pages[path] := trim_suffix(name, ending) if {
	some path in paths
	some ending in {".adoc", ".md", ".rst"}
	name := lower(basename(path))
	endswith(name, ending)
}

# What folders and pages are called.
titles := {title | some title in pages} | {part | some path in paths; some part in folders(path)}

# From the root down, in lower case.
folders(path) := array.slice(parts, 0, count(parts) - 1) if parts := split(lower(path), "/")

# Written by others, or for tests.
copied(path, names) if {
	some part in folders(path)
	part in names
}

# The first document of a file.
parsed[path] := file.documents[0] if some path, file in files

basename(path) := parts[count(parts) - 1] if parts := split(path, "/")

# With a slash at its end; empty for the root.
folder(path) := trim_suffix(path, basename(path))

# Where the component's entity is written.
entity_places contains {"file": path, "document": index} if {
	some name in {"catalog-info.yaml", "catalog-info.yml"}
	some path in named[name]
	some index, found in files[path].documents
	found.kind == entity.kind
	found.metadata.name == entity.metadata.name
}

default entity_place := {"file": "catalog-info.yaml", "document": 0}

entity_place := min(entity_places) if count(entity_places) > 0
