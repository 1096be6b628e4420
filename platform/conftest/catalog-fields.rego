# METADATA
# scope: package
# title: The catalog says what it is and whose
# description: >-
#   The component has a name, a description, an owner and a lifecycle.
# custom:
#   id: catalog-fields
#   track: ownership
#   level: bronze
#   severity: high
#   input: catalog
#   needs: [catalog]
#   why: >-
#     Whoever finds the component at night must learn in one look what it does, whether
#     it is in use and who can be asked.
#   fix: >-
#     Fill in metadata.description, spec.owner and spec.lifecycle in catalog-info.yaml.
#   pull_request: catalog-fields
package waymark.rules.catalog_fields

import data.waymark.lib.facts
import data.waymark.lib.verdict

fields := [
	["metadata", "name"],
	["metadata", "description"],
	["spec", "owner"],
	["spec", "lifecycle"],
]

refused contains verdict.entity(field, sprintf("%s is missing or empty", [concat(".", field)])) if {
	some field in fields
	blank(object.get(facts.entity, field, ""))
}

blank(value) if not is_string(value)

blank(value) if trim_space(value) == ""

deny contains found if {
	some found in refused
	not data.waymark.lib.exemption.until("catalog-fields", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	some found in refused
	day := data.waymark.lib.exemption.until("catalog-fields", found)
}
