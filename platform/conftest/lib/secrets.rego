# METADATA
# title: What a secret looks like
# description: Only formats that say themselves what they are; a guess would cry wolf.
package waymark.lib.secrets

formats := {
	"an access key of AWS": `\b(?:AKIA|ASIA)[0-9A-Z]{16}\b`,
	"a secret key of AWS": `(?i)aws_secret_access_key["']?\s*[=:]\s*["']?[a-z0-9/+=]{40}\b`,
	"a storage key of Azure": `\bAccountKey=[A-Za-z0-9+/]{86}==`,
	"a token of GitHub": `\b(?:gh[oprsu]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{82})\b`,
	"a token of GitLab": `\bglpat-[A-Za-z0-9_-]{20}`,
	"a key of Google": `\bAIza[0-9A-Za-z_-]{35}`,
	"a token of Grafana": `\bgl(?:sa|c)_[A-Za-z0-9+/=_]{32,}`,
	"a token of npm": `\bnpm_[A-Za-z0-9]{36}\b`,
	"a private key": `-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nr])+(?:[A-Za-z-]+: [^\n]+\s+)*[A-Za-z0-9+/]{32}`,
	"a token of Slack": `\bxox[abeprs]-[A-Za-z0-9-]{10,}|hooks\.slack\.com/services/T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]+`,
	"a key of Stripe": `\b[rs]k_live_[A-Za-z0-9]{20,}`,
	"a token of Vault": `\bhv[bs]\.[A-Za-z0-9_-]{24,}`,
}

# What each format begins with. One quick pass ends the matter for a text that holds
# none, as nearly all do; the formats themselves take long to compile.
beginnings := concat("|", [
	"AKIA|ASIA|AIza",
	"(?i:aws_secret_access_key)",
	"AccountKey=",
	"gh[oprsu]_|github_pat_|glpat-|gl(?:sa|c)_|npm_",
	"-----BEGIN ",
	`xox[abeprs]-|hooks\.slack\.com`,
	`[rs]k_live_|hv[bs]\.`,
])

# All formats in one, for engines that keep what they compiled.
combined := concat("|", [sprintf("(?:%s)", [format]) | some format in formats])

# Of each kind in a text: a file full of them must not outlast the time for all rules.
most := 5

# What a text holds, and in which line, from 1.
found(text) := {{"kind": kind, "line": line_of(text, secret)} |
	regex.match(beginnings, text)
	some kind, format in formats
	some [secret] in regex.find_all_string_submatch_n(format, text, most)
	not documented(secret)
}

# The keys in the manuals of AWS.
documented(secret) if contains(secret, "EXAMPLE")

line_of(text, part) := count(split(substring(text, 0, indexof(text, part)), "\n"))

# A variable that holds one, by its name: DATABASE_PASSWORD, but not PASSWORD_FILE.
named(name) if regex.match(name_format, name)

name_format := `(?i)(?:^|[_.-])(?:password|passwd|secret|token|credentials|api[_-]?key|access[_-]?key|private[_-]?key)$`

# An address with a password in it.
address(value) if {
	contains(value, "://")
	regex.match(address_format, value)
}

address_format := `\b[a-z][a-z0-9+.-]*://[^/\s:@]*:[^/\s:@$]+@`
