# METADATA
# scope: package
# title: Every build takes the same dependencies
# description: >-
#   Each file that asks for dependencies has its lock file, beside it or in a folder
#   above. Where a language has none, no version is left open.
# custom:
#   id: locked-dependencies
#   track: security
#   level: silver
#   severity: medium
#   input: repository
#   needs: [repository]
#   why: >-
#     Without a lock a version that was stolen this morning is in the image at noon,
#     though nobody has changed a line.
#   fix: >-
#     Commit the lock file and install from it alone: npm ci, poetry install,
#     pip install --require-hashes. In pom.xml and build.gradle, name exact versions.
package waymark.rules.locked_dependencies

import data.waymark.lib.dependencies
import data.waymark.lib.facts
import data.waymark.lib.verdict

default applies := false

applies if count(dependencies.files) > 0

refused contains verdict.file(path, sprintf("has no lock file (%s)", [concat(", ", sort(dependencies.locks[facts.basename(path)]))])) if {
	some path in dependencies.files
	dependencies.locks[facts.basename(path)]
	not dependencies.locked(path)
}

refused contains verdict.line(path, number, "leaves a version open") if {
	some path in dependencies.files
	some number in array.slice(open_lines(path), 0, 100)
}

open_lines(path) := numbers if {
	pattern := dependencies.open_versions[facts.basename(path)]
	text := facts.files[path].text

	# Line by line only where there is one.
	regex.match(concat("", ["(?m)", pattern]), text)
	numbers := [number |
		some index, line in split(text, "\n")
		regex.match(pattern, line)
		number := index + 1
	]
}

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("locked-dependencies", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("locked-dependencies", found)
}
