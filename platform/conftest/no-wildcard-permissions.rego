# METADATA
# scope: package
# title: No role may do everything
# description: >-
#   No Role or ClusterRole has a wildcard among its verbs or resources, and nothing is
#   bound to cluster-admin.
# custom:
#   id: no-wildcard-permissions
#   track: security
#   level: silver
#   severity: high
#   input: manifest
#   needs: [manifest]
#   why: >-
#     A wildcard also holds for what is added to the cluster next year, and one stolen
#     token with it reads every secret of the namespace.
#   fix: >-
#     Name the verbs and resources that the program uses.
package waymark.rules.no_wildcard_permissions

import data.waymark.lib.manifest
import data.waymark.lib.verdict

refused contains verdict.of(item, ["rules", index, part], sprintf("has * among its %s", [part])) if {
	some item in manifest.objects
	item.kind in {"ClusterRole", "Role"}
	some index, rule in item.rules
	some part in ["resources", "verbs"]
	"*" in rule[part]
}

refused contains verdict.of(item, ["roleRef", "name"], "binds to cluster-admin") if {
	some item in manifest.objects
	item.kind in {"ClusterRoleBinding", "RoleBinding"}
	item.roleRef.name == "cluster-admin"
}

deny contains found if {
	some found in refused
	not data.waymark.lib.exemption.until("no-wildcard-permissions", found)
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
	some found in refused
	day := data.waymark.lib.exemption.until("no-wildcard-permissions", found)
}
