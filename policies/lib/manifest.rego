# METADATA
# title: The objects that a rule looks at, whoever asks
# description: >-
#   A rule is written once. It is asked by conftest about one manifest or, with
#   --combine, about all of a release; by the API server about an
#   AdmissionReview; by Gatekeeper about its review.
package waymark.lib.manifest

objects contains item if {
	some document in documents
	some item in items(document)
}

# Whether all that is deployed together is known, as rules on pairs need.
is_release if is_array(input)

documents contains entry.contents if {
	is_release
	some entry in input
}

documents contains input.request.object

documents contains input.review.object

documents contains input if {
	input.apiVersion
	input.kind != "AdmissionReview"
}

items(document) := document.items if document.kind == "List"

items(document) := [document] if document.kind != "List"

namespace(item) := object.get(item, ["metadata", "namespace"], "")

name(item) := sprintf("%s/%s", [item.kind, object.get(item, ["metadata", "name"], "without a name")])
