#!/usr/bin/env bash
# Lets services read their secrets from Vault: policy and role, once per cluster.
# Needs VAULT_ADDR and a token that may administer Vault. Running it again
# changes nothing.
set -euo pipefail
cd "$(dirname "$0")"

command -v vault >/dev/null || { echo 'vault is missing: install its command line first.' >&2; exit 2; }
vault auth list -format=json | grep -q '"kubernetes/"' || vault auth enable kubernetes
accessor=$(vault auth list -format=json | python3 -c 'import json, sys; print(json.load(sys.stdin)["kubernetes/"]["accessor"])')

sed "s/KUBERNETES_ACCESSOR/$accessor/" vault-policy.hcl | vault policy write services -
# Tokens are of the service's own account and end after ten minutes.
vault write auth/kubernetes/role/services \
  bound_service_account_names='*' \
  bound_service_account_namespace_selector='{"matchExpressions":[{"key":"waymark.dev/service","operator":"Exists"}]}' \
  token_policies=services \
  token_ttl=10m
