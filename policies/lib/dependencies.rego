# METADATA
# title: What a repository depends on, and the files that say exactly which
package waymark.lib.dependencies

import data.waymark.lib.facts

# By the file that asks for dependencies, those that lock them.
locks := {
	"Cargo.toml": {"Cargo.lock"},
	"Gemfile": {"Gemfile.lock"},
	"Pipfile": {"Pipfile.lock"},
	"composer.json": {"composer.lock"},
	"go.mod": {"go.sum", "go.work.sum"},
	"mix.exs": {"mix.lock"},
	"package.json": {"bun.lock", "bun.lockb", "npm-shrinkwrap.json", "package-lock.json", "pnpm-lock.yaml", "yarn.lock"},
	"pubspec.yaml": {"pubspec.lock"},
	"pyproject.toml": {"pdm.lock", "poetry.lock", "pylock.toml", "requirements.txt", "uv.lock"},
}

# These name versions themselves: what is left open is a pattern in the text.
open_versions := {
	"build.gradle": gradle,
	"build.gradle.kts": gradle,
	"pom.xml": `<version>\s*(?:LATEST|RELEASE|[\[(][^<]*)\s*</version>`,
	"requirements.txt": `^[A-Za-z0-9][A-Za-z0-9._-]*(?:\[[^\]]*\])?\s*(?:$|[;#~<>!]|=[^=])`,
}

gradle := `["'][^"':]+:[^"':]+:(?:[0-9.]*\+|latest\.[a-z]+|[\[(][^"']*)["']`

# Every file that asks for dependencies; those of tests and of copied code are no
# part of what is built.
files contains path if {
	some name in object.keys(object.union(locks, open_versions))
	some path in facts.named[name]
	not facts.copied(path, {"node_modules", "vendor", "testdata", "fixtures", "__fixtures__"})
	not asks_nothing(facts.files[path])
}

asks_nothing(file) if {
	facts.basename(file.path) == "package.json"
	some document in file.documents
	every part in ["dependencies", "devDependencies", "optionalDependencies"] {
		count(object.get(document, part, {})) == 0
	}
}

asks_nothing(file) if {
	facts.basename(file.path) == "go.mod"
	not contains(file.text, "require")
}

# A file that only sets up tools.
asks_nothing(file) if {
	facts.basename(file.path) == "pyproject.toml"
	some document in file.documents
	count(object.get(document, ["project", "dependencies"], [])) == 0
	not document.tool.poetry.dependencies
}

# A lock counts for the folders below it, as workspaces have it.
locked(path) if {
	some lock in locks[facts.basename(path)]
	some other in facts.named[lock]
	startswith(path, facts.folder(other))
}
