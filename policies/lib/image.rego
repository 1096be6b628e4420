# METADATA
# title: How images are built
# description: The Dockerfiles of a repository and what they begin from.
package waymark.lib.image

import data.waymark.lib.facts

files contains path if {
	some name, paths in facts.named
	is_dockerfile(split(lower(name), "."))
	some path in paths
	not facts.copied(path, {"node_modules", "vendor", "testdata"})
}

recipes := {"containerfile", "dockerfile"}

is_dockerfile([name]) if name in recipes

# Dockerfile.dev
is_dockerfile([name, variant]) if {
	name in recipes
	not variant in {"", "dockerignore"}
}

# worker.Dockerfile
is_dockerfile([name, "dockerfile"]) if name != ""

# Images that a stage begins from, variables filled in with their defaults.
bases contains {"file": path, "line": index + 1, "image": image} if {
	some path in files
	lines := split(facts.files[path].text, "\n")
	some index, line in lines
	some [_, written, _] in stages(line)
	image := filled(written, defaults(lines))
	not image in {"", "scratch"}
	not lower(image) in names(lines)
}

# The patterns take long, and most lines have no such word.
stages(line) := matches if {
	contains(lower(line), "from")
	matches := regex.find_all_string_submatch_n(`(?i)^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?`, line, 1)
}

names(lines) := {lower(name) |
	some line in lines
	some [_, _, name] in stages(line)
}

defaults(lines) := {[name, value] |
	some line in lines
	contains(upper(line), "ARG")
	some [_, name, value] in regex.find_all_string_submatch_n(`(?i)^\s*ARG\s+([a-z_][a-z0-9_]*)=["']?([^\s"']+)`, line, 1)
}

filled(written, known) := strings.replace_n(values, written) if {
	values := {variable: value |
		some [variable, name, fallback] in regex.find_all_string_submatch_n(`\$\{?([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}?`, written, -1)
		value := array.concat(sort([value | some [argument, value] in known; argument == name]), [fallback])[0]
	}
}
