package waymark.lib.digest_test

import data.waymark.lib.digest

test_follows if {
	digest.follows("checkout@0a12ff", "@", {6})
	digest.follows("a@b@0a12ff", "@", {4, 6})
	every text in ["0a12ff", "checkout@0a12f", "checkout@0A12FF", "checkout@0a12fg", "checkout@0a-2ff", "checkout@", ""] {
		not digest.follows(text, "@", {6})
	}
}
