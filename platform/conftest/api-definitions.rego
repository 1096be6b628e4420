# METADATA
# scope: package
# title: Every API is described
# description: >-
#   Each API that the component provides is in the catalog, with a description and a
#   definition such as OpenAPI, AsyncAPI, gRPC or GraphQL.
# custom:
#   id: api-definitions
#   track: ownership
#   level: silver
#   severity: medium
#   input: catalog
#   needs: [catalog, catalog.apis]
#   why: >-
#     Whoever calls an API should read what it promises, not the code behind it; and
#     nobody can tell a breaking change from another without the definition.
#   fix: >-
#     Add an entity of kind API with metadata.description and spec.definition, such as
#     $text: ./api/openapi.yaml, to catalog-info.yaml.
package waymark.rules.api_definitions

import data.waymark.lib.facts
import data.waymark.lib.verdict

default applies := false

applies if count(facts.entity.spec.providesApis) > 0

refused contains finding(index, sprintf("the API %s is not in the catalog", [ref])) if {
	some index, ref in facts.entity.spec.providesApis
	facts.catalog.apis
	count(named(ref)) == 0
}

refused contains finding(index, sprintf("the API %s has no %s", [ref, concat(".", field)])) if {
	some index, ref in facts.entity.spec.providesApis
	some api in named(ref)
	some field in [["metadata", "description"], ["spec", "definition"]]
	object.get(api, field, "") in {"", {}, null}
}

finding(index, text) := verdict.entity(["spec", "providesApis", index], text)

# The reference may be api:default/labels-api, default/labels-api or labels-api.
named(ref) := [api |
	some api in facts.catalog.apis
	api.metadata.name == facts.basename(trim_prefix(ref, "api:"))
]

deny contains found if {
	applies
	some found in refused
	not data.waymark.lib.exemption.until("api-definitions", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	applies
	some found in refused
	day := data.waymark.lib.exemption.until("api-definitions", found)
}
