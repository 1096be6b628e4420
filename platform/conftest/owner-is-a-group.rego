# METADATA
# scope: package
# title: A group owns it
# description: >-
#   The owner that the component names is in the catalog, and is a group.
# custom:
#   id: owner-is-a-group
#   track: ownership
#   level: bronze
#   severity: high
#   input: catalog
#   needs: [catalog, catalog.owner]
#   why: >-
#     People change teams and leave; a component of theirs is soon nobody's. An owner
#     that the catalog does not know was renamed or mistyped, and is asked in vain.
#   fix: >-
#     Set spec.owner in catalog-info.yaml to the group's reference, such as
#     group:default/payments.
package waymark.rules.owner_is_a_group

import data.waymark.lib.facts
import data.waymark.lib.verdict

default applies := false

# That there is an owner at all is catalog-fields.
applies if owner != ""

owner := facts.entity.spec.owner

refused contains finding(sprintf("spec.owner %s leads to nothing in the catalog", [owner])) if {
	applies
	facts.catalog.owner == null
}

refused contains finding(sprintf("spec.owner %s is a %s: name a group", [owner, lower(facts.catalog.owner.kind)])) if {
	applies
	facts.catalog.owner.kind != "Group"
}

finding(text) := verdict.valued(verdict.entity(["spec", "owner"], text), owner)

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("owner-is-a-group", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("owner-is-a-group", found)
}
