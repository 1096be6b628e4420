# METADATA
# scope: package
# title: It has documentation in the portal
# description: >-
#   The component's annotation backstage.io/techdocs-ref leads to documentation, and in
#   its own repository there is a first page, docs/index.md.
# custom:
#   id: documentation
#   track: ownership
#   level: bronze
#   severity: medium
#   input: repository
#   needs: [catalog, repository]
#   why: >-
#     What is written where everybody searches is asked once; the rest is asked in chat
#     again and again, of the one person who knows.
#   fix: >-
#     Write docs/index.md, add mkdocs.yml, and annotate catalog-info.yaml with
#     backstage.io/techdocs-ref: dir:.
#   pull_request: documentation
package waymark.rules.documentation

import data.waymark.lib.facts
import data.waymark.lib.verdict

annotation := "backstage.io/techdocs-ref"

refused contains verdict.entity(["metadata", "annotations"], sprintf("has no annotation %s", [annotation])) if {
	facts.repository
	facts.entity
	not facts.annotation(annotation)
	not elsewhere
}

refused contains verdict.missing(sprintf("has no first page: write %sindex.md", [pages])) if {
	facts.repository
	startswith(facts.annotation(annotation), "dir:")
	not elsewhere
	every name in ["index.md", "README.md"] {
		not concat("", [pages, name]) in facts.paths
	}
}

# The pages of another component, such as its system's.
elsewhere if facts.annotation("backstage.io/techdocs-entity")

root := concat("", [facts.folder(facts.entity_place.file), below]) if {
	below := trim_prefix(concat("", [trim_suffix(trim_prefix(facts.annotation(annotation), "dir:"), "/"), "/"]), "./")
}

pages := concat("", [root, trim_suffix(folder, "/"), "/"])

default folder := "docs"

folder := trim_prefix(min(configured), "./") if count(configured) > 0

configured contains facts.parsed[concat("", [root, name])].docs_dir if some name in ["mkdocs.yml", "mkdocs.yaml"]

deny contains found if {
	some found in refused
	not data.waymark.lib.exemption.until("documentation", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	some found in refused
	day := data.waymark.lib.exemption.until("documentation", found)
}
