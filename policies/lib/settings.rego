# METADATA
# title: What differs from company to company
# description: Data under waymark.settings counts before what is written here.
package waymark.lib.settings

# Where images may come from: each is what a name must begin with.
default registries := ["ghcr.io/tidewater/"]

registries := data.waymark.settings.registries
