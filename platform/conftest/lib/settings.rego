# METADATA
# title: What differs from company to company
# description: Data under waymark.settings counts before what is written here.
package waymark.lib.settings

# Where images may come from: each is what a name must begin with.
default registries := ["ghcr.io/tidewater/"]

registries := data.waymark.settings.registries

# Types of components whose answer somebody waits for.
default serving_types := ["service", "website"]

serving_types := data.waymark.settings.serving_types

# Types of components that run somewhere, and that golden paths make.
default running_types := ["cron-job", "data-pipeline", "service", "website", "worker"]

running_types := data.waymark.settings.running_types

# Environments that customers use.
default production_names := ["live", "prod", "production"]

production_names := data.waymark.settings.production_names

# Shared workflows that write an SBOM of the image they publish.
default sbom_workflows := ["platform/.github/workflows/image.yml"]

sbom_workflows := data.waymark.settings.sbom_workflows

# Shared workflows that deploy to production by a pull request that a person merges.
default reviewing_workflows := ["platform/.github/workflows/deploy.yml"]

reviewing_workflows := data.waymark.settings.reviewing_workflows

# Days without a commit after which dependencies count as old.
default stale_after_days := 180

stale_after_days := data.waymark.settings.stale_after_days

# What may stand before the name of an official image.
default image_mirrors := [
	"docker.io/library/",
	"docker.io/",
	"library/",
	"mirror.gcr.io/library/",
	"public.ecr.aws/docker/library/",
]

image_mirrors := data.waymark.settings.image_mirrors
