# METADATA
# scope: package
# title: No secret is in the repository
# description: >-
#   No file that rules read of the branch that is deployed holds a private key or a
#   token in one of the well-known formats. The verdict names file and line, never the
#   secret.
# custom:
#   id: no-secret-in-repository
#   track: security
#   level: bronze
#   severity: critical
#   input: repository
#   needs: [repository]
#   why: >-
#     Everybody who can read the repository, its copies and its history has the secret,
#     and whoever gets one laptop has it too.
#   fix: >-
#     Revoke the secret at once: taking it out of the file is not enough, the history
#     keeps it. Put the new one into the secret store and read it through an
#     ExternalSecret.
package waymark.rules.no_secret_in_repository

import data.waymark.lib.facts
import data.waymark.lib.secrets
import data.waymark.lib.verdict

refused contains verdict.line(file.path, secret.line, sprintf("holds what looks like %s: revoke it, then take it out", [secret.kind])) if {
	some file in facts.repository.files
	some secret in secrets.found(file.text)
}

deny contains found if {
	some found in refused
	not data.waymark.lib.exemption.until("no-secret-in-repository", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	some found in refused
	day := data.waymark.lib.exemption.until("no-secret-in-repository", found)
}
