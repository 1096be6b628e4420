package waymark.rules.supported_base_image_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.supported_base_image

test_takes_a_good_component if count(supported_base_image.deny) == 0 with input as fixtures.facts

from(image) := fixtures.with_files([{"path": "Dockerfile", "text": sprintf("# Small.\nFROM %s\n", [image])}])

test_ended if {
	supported_base_image.deny == {{
		"msg": "node 18.20.4 has had no security updates since 2025-04-30",
		"value": "node:18.20.4",
		"file": "Dockerfile",
		"line": 2,
	}} with input as from("node:18.20.4")
}

test_of_the_system_too if {
	fixtures.said(supported_base_image.deny) == {"debian 10 has had no security updates since 2024-06-30"} with input as from("node:24.21.0-buster-slim")
	fixtures.said(supported_base_image.deny) == {"alpine 3.19 has had no security updates since 2025-11-01"} with input as from("golang:1.26-alpine3.19")
}

test_ends_with_the_day if {
	last := json.patch(from("debian:11"), [{"op": "replace", "path": "/today", "value": "2026-08-31"}])
	count(supported_base_image.deny) == 0 with input as last
	count(supported_base_image.deny) == 1 with input as json.patch(last, [{"op": "replace", "path": "/today", "value": "2026-09-01"}])
}

test_without_a_day_nothing_is_said if {
	count(supported_base_image.deny) == 0 with input as json.remove(from("node:8"), ["today"])
}

test_without_an_image_it_does_not_apply if {
	supported_base_image.applies with input as fixtures.facts
	not supported_base_image.applies with input as fixtures.without_files({"Dockerfile"})
}
