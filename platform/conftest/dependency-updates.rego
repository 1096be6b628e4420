# METADATA
# scope: package
# title: Dependencies are renewed by themselves
# description: >-
#   The repository has a configuration of Renovate or Dependabot that is not switched
#   off.
# custom:
#   id: dependency-updates
#   track: delivery
#   level: silver
#   severity: medium
#   input: repository
#   needs: [repository]
#   why: >-
#     Small updates every week are merged in minutes; the one of three years is a
#     project, and is done on the day a hole in it is public.
#   fix: >-
#     Add renovate.json that extends your company's preset or config:recommended, or
#     .github/dependabot.yml.
#   pull_request: dependency-updates
package waymark.rules.dependency_updates

import data.waymark.lib.facts
import data.waymark.lib.verdict

renovate := {
	".github/renovate.json",
	".github/renovate.json5",
	".gitlab/renovate.json",
	".gitlab/renovate.json5",
	".renovaterc",
	".renovaterc.json",
	".renovaterc.json5",
	"renovate.json",
	"renovate.json5",
}

dependabot := {".github/dependabot.yaml", ".github/dependabot.yml"}

refused contains verdict.missing("nothing renews its dependencies: write renovate.json or .github/dependabot.yml") if {
	facts.repository
	count(configured) == 0
}

# One that is at work is enough.
refused contains verdict.field(path, off[path], "is switched off") if {
	some path in configured
	every other in configured {
		off[other]
	}
}

configured contains path if some path in ((renovate | dependabot) & facts.paths)

# Renovate also reads a part of package.json.
configured contains "package.json" if facts.parsed["package.json"].renovate

off[path] := ["enabled"] if {
	some path in renovate
	facts.parsed[path].enabled == false
}

off["package.json"] := ["renovate", "enabled"] if facts.parsed["package.json"].renovate.enabled == false

off[path] := ["updates"] if {
	some path in dependabot
	count(object.get(facts.parsed[path], "updates", [])) == 0
}

deny contains found if {
	some found in refused
	not data.waymark.lib.exemption.until("dependency-updates", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	some found in refused
	day := data.waymark.lib.exemption.until("dependency-updates", found)
}
