package waymark.rules.no_secret_in_repository_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.lib.secrets
import data.waymark.rules.no_secret_in_repository

test_takes_a_good_component if count(no_secret_in_repository.deny) == 0 with input as fixtures.facts

# Put together here, so that no scanner takes this file for a leak.
samples := {
	"a key of Google": concat("", ["AIza", repeated("Sy1", 11), "Qq"]),
	"a key of Stripe": concat("_", ["sk", "live", repeated("4eC", 8)]),
	"a private key": concat("", ["-----BEGIN RSA ", "PRIVATE KEY-----\n", repeated("MIIE", 16)]),
	"a secret key of AWS": concat("", ["aws_secret_access_key = ", repeated("wJalr", 8)]),
	"a storage key of Azure": concat("", ["AccountKey", "=", repeated("Zz", 43), "=="]),
	"a token of GitHub": concat("_", ["ghp", repeated("aB3", 12)]),
	"a token of GitLab": concat("-", ["glpat", repeated("xY7k", 5)]),
	"a token of Grafana": concat("_", ["glsa", repeated("Gr4f", 10)]),
	"a token of Slack": concat("-", ["xoxb", "123456789012", "abcDEF"]),
	"a token of Vault": concat(".", ["hvs", repeated("CAES", 8)]),
	"a token of npm": concat("_", ["npm", repeated("n0N", 12)]),
	"an access key of AWS": concat("", ["AKIA", repeated("Q7XJ", 4)]),
}

repeated(text, times) := concat("", [text | some _ in numbers.range(1, times)])

holding(text) := fixtures.with_files([{"path": "src/main.ts", "text": text}])

test_every_format if {
	every kind, secret in samples {
		no_secret_in_repository.deny == {{
			"msg": sprintf("holds what looks like %s: revoke it, then take it out", [kind]),
			"file": "src/main.ts",
			"line": 3,
		}} with input as holding(sprintf("const a = 1;\n\nuse('%s');\n", [secret]))
	}
}

# Both stand for all formats: one for what may hold any, one for all at once.
test_no_format_is_left_out if {
	every secret in samples {
		regex.match(secrets.beginnings, secret)
		regex.match(secrets.combined, secret)
	}
}

test_key_in_one_line if {
	key := concat("", ["key: \"-----BEGIN ", `PRIVATE KEY-----\n`, repeated("MIIE", 16), "\""])
	count(no_secret_in_repository.deny) == 1 with input as holding(key)
}

test_nothing_is_repeated if {
	every secret in samples {
		text := json.marshal(no_secret_in_repository.deny) with input as holding(secret)
		not contains(text, secret)
	}
}

test_what_only_looks_alike if {
	every text in [
		concat("", ["AKIA", "IOSFODNN7", "EXAMPLE"]),
		"-----BEGIN PRIVATE KEY----- is how a key begins",
		"-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA\n",
		"DATABASE_URL=postgres://labels:labels@localhost:5432/labels",
		"ghp_token",
	] {
		count(no_secret_in_repository.deny) == 0 with input as holding(text)
	}
}

test_unread_files_are_not_judged if {
	count(no_secret_in_repository.deny) == 0 with input as fixtures.with_files([{"path": "logo.png"}])
}

test_a_file_full_of_them_ends_soon if {
	text := concat("\n", [sprintf("AKIA%d", [number]) | some number in numbers.range(1000000000000000, 1000000000000200)])
	count(no_secret_in_repository.deny) == 5 with input as holding(text)
}
