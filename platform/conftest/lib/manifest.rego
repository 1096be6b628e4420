# METADATA
# title: The objects that a rule looks at, whoever asks
# description: >-
#   A rule is written once. It is asked by conftest about one manifest or, with
#   --combine, about all of a release; by the API server about an
#   AdmissionReview; by Gatekeeper about its review; by the portal about the
#   releases of a facts document.
package waymark.lib.manifest

import data.waymark.lib.facts

# Lists, not sets: a set compares whole objects, which takes most of the time.
objects := array.concat(of_documents, of_releases)

of_documents := [item |
	some document in documents
	some item in items(document)
]

# Of facts: what two environments have alike is still two objects.
of_releases := [item |
	some release in facts.manifest.releases
	some document in release.objects
	some original in items(document)
	item := object.union(original, {environment_key: release.environment})
]

environment_key := "$environment"

# Whether all that is deployed together is known, as rules on pairs need.
is_release if {
	is_array(input)
	not facts.manifest
}

is_release if facts.manifest.releases

documents contains entry.contents if {
	is_array(input)
	some entry in input
	not facts.is_facts(entry.contents)
}

documents contains input.request.object

documents contains input.review.object

documents contains input if {
	input.apiVersion
	input.kind != "AdmissionReview"
	not facts.is_facts(input)
}

items(document) := document.items if document.kind == "List"

items(document) := [document] if document.kind != "List"

environment(item) := object.get(item, environment_key, "")

# Objects of two environments share none.
namespace(item) := concat("/", [environment(item), object.get(item, ["metadata", "namespace"], "")])

name(item) := sprintf("%s/%s", [item.kind, object.get(item, ["metadata", "name"], "without a name")])
