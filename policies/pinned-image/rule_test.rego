package waymark.rules.pinned_image_test

import data.waymark.lib.fixtures_test as fixtures
import data.waymark.rules.pinned_image

test_takes_a_good_release if count(pinned_image.deny) == 0 with input as fixtures.release(fixtures.items)

digest := "sha256:2fe369e969550cde8e867afc3fe370b260140cab4a23d467074295b42163d553"

test_takes if {
	every image in ["shop:1.2.3", "registry.example:5000/shop:1.2.3", sprintf("shop@%s", [digest]), sprintf("shop:latest@%s", [digest])] {
		count(pinned_image.deny) == 0 with input as fixtures.set_in("Job", "/image", image)
	}
}

test_refuses if {
	every image in ["shop", "shop:latest", "shop:", "registry.example:5000/shop", "shop@sha256:abc", ""] {
		fixtures.named(pinned_image.deny) == {"Job"} with input as fixtures.set_in("Job", "/image", image)
	}
}

test_no_image if {
	fixtures.named(pinned_image.deny) == {"Job"} with input as fixtures.removed_in("Job", "/image")
}
