package waymark.rules.allowed_registries_test

import data.waymark.lib.fixtures_test as fixtures
import data.waymark.rules.allowed_registries

test_takes_a_good_release if count(allowed_registries.deny) == 0 with input as fixtures.release(fixtures.items)

test_elsewhere if {
	every image in ["shop:1.2.3", "docker.io/tidewater/shop:1.2.3", "ghcr.io/tidewaters/shop:1.2.3", "evil.example/ghcr.io/tidewater/shop:1.2.3"] {
		fixtures.named(allowed_registries.deny) == {"Job"} with input as fixtures.set_in("Job", "/image", image)
	}
}

test_no_image if {
	fixtures.named(allowed_registries.deny) == {"Job"} with input as fixtures.removed_in("Job", "/image")
}

test_registries_as_data if {
	count(allowed_registries.deny) == 4 with input as fixtures.release(fixtures.items) with data.waymark.settings.registries as ["registry.example/"]
}
