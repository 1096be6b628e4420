# METADATA
# scope: package
# title: Secrets come from the secret store
# description: >-
#   No manifest holds the contents of a Secret, and no variable of a container or key of
#   a ConfigMap holds a password, a token or a key. An ExternalSecret or a SealedSecret
#   brings them.
# custom:
#   id: external-secrets
#   track: security
#   level: bronze
#   severity: critical
#   input: manifest
#   needs: [manifest]
#   why: >-
#     Base64 hides nothing: a secret in a manifest is in Git, in the pipeline's log and
#     in the hands of all who may read the namespace, and nobody can rotate it.
#   fix: >-
#     Put the secret into the store and name it in an ExternalSecret; read it with
#     secretKeyRef. In the platform's chart: externalSecret.env.
package waymark.rules.external_secrets

import data.waymark.lib.manifest
import data.waymark.lib.secrets
import data.waymark.lib.verdict
import data.waymark.lib.workload

refused contains verdict.of(item, [part], sprintf("holds its secrets in %s: use an ExternalSecret", [part])) if {
	some item in manifest.objects
	item.kind == "Secret"
	some part in ["data", "stringData"]
	count(item[part]) > 0
	not made(item)
}

refused contains verdict.container(pod, entry, ["env", index, "value"], sprintf("has a secret as the value of %s: use secretKeyRef", [variable.name])) if {
	some pod in workload.pods
	some entry in pod.containers
	some index, variable in entry.container.env
	secret(variable.name, variable.value)
}

refused contains verdict.of(item, ["data", key], sprintf("holds a secret in %s: use an ExternalSecret", [key])) if {
	some item in manifest.objects
	item.kind == "ConfigMap"
	some key, value in item.data
	secret(key, value)
}

secret(name, value) if {
	secrets.named(name)
	not value in {"", "false", "true"}

	# Filled in from another variable.
	not regex.match(`^\$\([A-Za-z0-9_]+\)$`, value)
}

secret(_, value) if secrets.address(value)

secret(_, value) if count(secrets.found(value)) > 0

# In a cluster: what a controller made, not a person.
made(item) if count(item.metadata.ownerReferences) > 0

made(item) if item.metadata.annotations["cert-manager.io/certificate-name"]

made(item) if item.type in made_types

made_types := {
	"bootstrap.kubernetes.io/token",
	"helm.sh/release.v1",
	"kubernetes.io/service-account-token",
}

deny contains found if {
	some found in refused
	not data.waymark.lib.exemption.until("external-secrets", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	some found in refused
	day := data.waymark.lib.exemption.until("external-secrets", found)
}
