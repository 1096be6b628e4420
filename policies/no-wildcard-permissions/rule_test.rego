package waymark.rules.no_wildcard_permissions_test

import data.waymark.lib.fixtures_test as fixtures
import data.waymark.rules.no_wildcard_permissions

test_takes_a_good_release if count(no_wildcard_permissions.deny) == 0 with input as fixtures.release(fixtures.items)

role := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "Role",
	"metadata": {"name": "shop"},
	"rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list"]}],
}

test_named if count(no_wildcard_permissions.deny) == 0 with input as role

test_wildcards if {
	every kind in ["ClusterRole", "Role"] {
		every part in ["resources", "verbs"] {
			no_wildcard_permissions.deny == {{
				"msg": sprintf("%s/shop: has * among its %s", [kind, part]),
				"kind": kind,
				"name": "shop",
				"path": ["rules", 0, part],
			}} with input as json.patch(role, [
				{"op": "replace", "path": "/kind", "value": kind},
				{"op": "replace", "path": sprintf("/rules/0/%s", [part]), "value": ["*"]},
			])
		}
	}
}

binding := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRoleBinding",
	"metadata": {"name": "shop"},
	"roleRef": {"kind": "ClusterRole", "name": "cluster-admin"},
}

test_cluster_admin if {
	every kind in ["ClusterRoleBinding", "RoleBinding"] {
		no_wildcard_permissions.deny == {{
			"msg": sprintf("%s/shop: binds to cluster-admin", [kind]),
			"kind": kind,
			"name": "shop",
			"path": ["roleRef", "name"],
		}} with input as json.patch(binding, [{"op": "replace", "path": "/kind", "value": kind}])
	}
	count(no_wildcard_permissions.deny) == 0 with input as json.patch(binding, [{"op": "replace", "path": "/roleRef/name", "value": "view"}])
}
