package waymark.rules.seccomp_profile_test

import data.waymark.lib.fixtures_test as fixtures
import data.waymark.rules.seccomp_profile

test_takes_a_good_release if count(seccomp_profile.deny) == 0 with input as fixtures.release(fixtures.items)

at := "/spec/template/spec/securityContext/seccompProfile"

test_none if {
	fixtures.named(seccomp_profile.deny) == {"Job"} with input as fixtures.removed_of("Job", at)
	fixtures.named(seccomp_profile.deny) == {"Job"} with input as fixtures.set_of("Job", at, {"type": "Unconfined"})
}

test_container_counts_before_pod if {
	fixtures.named(seccomp_profile.deny) == {"Job"} with input as fixtures.set_in("Job", "/securityContext/seccompProfile", {"type": "Unconfined"})
}

test_own_profile if {
	count(seccomp_profile.deny) == 0 with input as fixtures.set_of("Job", at, {"type": "Localhost", "localhostProfile": "shop.json"})
}
