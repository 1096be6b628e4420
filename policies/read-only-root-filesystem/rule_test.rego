package waymark.rules.read_only_root_filesystem_test

import data.waymark.lib.fixtures_test as fixtures
import data.waymark.rules.read_only_root_filesystem

test_takes_a_good_release if count(read_only_root_filesystem.deny) == 0 with input as fixtures.release(fixtures.items)

test_refuses if {
	every kind in fixtures.every_kind {
		fixtures.named(read_only_root_filesystem.deny) == {kind} with input as fixtures.removed_in(kind, "/securityContext/readOnlyRootFilesystem")
		fixtures.named(read_only_root_filesystem.deny) == {kind} with input as fixtures.set_in(kind, "/securityContext/readOnlyRootFilesystem", false)
		fixtures.named(read_only_root_filesystem.deny) == {kind} with input as fixtures.removed_in(kind, "/securityContext")
	}
}
