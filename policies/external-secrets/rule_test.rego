package waymark.rules.external_secrets_test

import data.waymark.lib.fixtures_test as fixtures
import data.waymark.rules.external_secrets

test_takes_a_good_release if count(external_secrets.deny) == 0 with input as fixtures.release(fixtures.items)

secret := {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "shop"}, "data": {"password": "aHVudGVyMg=="}}

test_contents_of_a_secret if {
	external_secrets.deny == {{
		"msg": "Secret/shop: holds its secrets in data: use an ExternalSecret",
		"kind": "Secret",
		"name": "shop",
		"path": ["data"],
	}} with input as secret
	count(external_secrets.deny) == 1 with input as json.patch(secret, [{"op": "move", "from": "/data", "path": "/stringData"}])
	count(external_secrets.deny) == 0 with input as json.patch(secret, [{"op": "replace", "path": "/data", "value": {}}])
	count(external_secrets.deny) == 0 with input as json.patch(secret, [{"op": "replace", "path": "/kind", "value": "SealedSecret"}])
}

test_what_a_controller_made if {
	every patch in [
		{"op": "add", "path": "/metadata/ownerReferences", "value": [{"kind": "ExternalSecret", "name": "shop"}]},
		{"op": "add", "path": "/metadata/annotations", "value": {"cert-manager.io/certificate-name": "shop"}},
		{"op": "add", "path": "/type", "value": "helm.sh/release.v1"},
	] {
		count(external_secrets.deny) == 0 with input as json.patch(secret, [patch])
	}
}

env(variable) := fixtures.set_in("Job", "/env", [variable])

test_secret_variables if {
	external_secrets.deny == {{
		"msg": "Job/migrate: container service has a secret as the value of DATABASE_PASSWORD: use secretKeyRef",
		"kind": "Job",
		"name": "migrate",
		"path": ["spec", "template", "spec", "containers", 0, "env", 0, "value"],
	}} with input as env({"name": "DATABASE_PASSWORD", "value": "hunter2"})
	every variable in [
		{"name": "API_KEY", "value": "4711"},
		{"name": "stripe.secret", "value": "4711"},
		{"name": "DATABASE_URL", "value": "postgres://shop:hunter2@db:5432/shop"},
		{"name": "CLOUD", "value": concat("", ["AKIA", "Q7XJ", "Q7XJ", "Q7XJ", "Q7XJ"])},
	] {
		fixtures.named(external_secrets.deny) == {"Job"} with input as env(variable)
	}
}

test_other_variables if {
	every variable in [
		{"name": "DATABASE_PASSWORD", "valueFrom": {"secretKeyRef": {"name": "shop", "key": "password"}}},
		{"name": "DATABASE_PASSWORD", "value": "$(PGPASSWORD)"},
		{"name": "DATABASE_PASSWORD", "value": ""},
		{"name": "PASSWORD_FILE", "value": "/run/secrets/password"},
		{"name": "TOKEN_LIFETIME", "value": "3600"},
		{"name": "DATABASE_URL", "value": "postgres://db:5432/shop"},
		{"name": "DATABASE_URL", "value": "postgres://shop:$(PGPASSWORD)@db:5432/shop"},
	] {
		count(external_secrets.deny) == 0 with input as env(variable)
	}
}

test_config_map if {
	external_secrets.deny == {{
		"msg": "ConfigMap/shop: holds a secret in SMTP_PASSWORD: use an ExternalSecret",
		"kind": "ConfigMap",
		"name": "shop",
		"path": ["data", "SMTP_PASSWORD"],
	}} with input as {
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "shop"},
		"data": {"SMTP_PASSWORD": "hunter2", "LOG_LEVEL": "info"},
	}
}
