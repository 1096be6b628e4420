# What a service may read: the secrets of the namespace it runs in, and no
# others. Kubernetes vouches for the namespace, so one policy serves all services
# and staging cannot read what is production's.
path "secret/data/{{identity.entity.aliases.KUBERNETES_ACCESSOR.metadata.service_account_namespace}}/*" {
  capabilities = ["read"]
}
