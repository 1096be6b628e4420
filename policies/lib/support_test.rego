package waymark.lib.support_test

import data.waymark.lib.support

test_parts_of_an_image if {
	every image, parts in {
		"node:24.21.0-bookworm-slim": {["node", "24.21.0"], ["debian", "12"]},
		"node:24.21.0-bookworm-slim@sha256:2fe369e969550cde8e867afc3fe370b260140cab4a23d467074295b42163d553": {["node", "24.21.0"], ["debian", "12"]},
		"golang:1.26.8-alpine3.22": {["golang", "1.26.8"], ["alpine", "3.22"]},
		"docker.io/library/python:3.13": {["python", "3.13"]},
		"eclipse-temurin:25.0.3_9-jre-noble": {["eclipse-temurin", "25.0.3"], ["ubuntu", "24.04"]},
		"eclipse-temurin:8u412-b08-jre": {["eclipse-temurin", "8"]},
		"mcr.microsoft.com/dotnet/aspnet:8.0-bookworm-slim": {["mcr.microsoft.com/dotnet/aspnet", "8.0"], ["debian", "12"]},
		"gcr.io/distroless/nodejs22-debian11:nonroot": {["debian", "11"]},
		"debian:trixie": {["debian", "13"]},
		"registry.example:5000/tidewater/node:1.0": set(),
		"node": set(),
		"node:lts": set(),
		"golang:alpine": set(),
	} {
		support.parts(image) == parts
	}
}

test_mirrors_of_a_company if {
	support.parts("ghcr.io/tidewater/mirror/node:18") == {["node", "18"]} with data.waymark.settings as {"image_mirrors": ["ghcr.io/tidewater/mirror/"]}
}

test_end_of_a_release if {
	every case in [
		["node", "24.21.0", "2028-04-30"],
		["node", "8.17", "2025-04-30"],
		["python", "3.13.14", "2029-10-31"],
		["python", "2.7.18", "2025-10-31"],
		["ubuntu", "20.04", "2025-05-31"],
		["ubuntu", "25.10", "2026-07-01"],
		["golang", "1.25.14", "2026-08-19"],
		["eclipse-temurin", "20.0.2", "2023-09-19"],
		["debian", "12.5", "2028-06-30"],
		["openjdk", "17", "2022-07-31"],
	] {
		support.end_of(case[0], case[1]) == case[2]
	}
}

test_what_is_newer_or_vague_has_no_end if {
	every case in [["node", "40"], ["python", "3"], ["python", "4.0"]] {
		not support.end_of(case[0], case[1])
	}
}

test_a_company_knows_better if {
	support.end_of("node", "18.20") == "2027-12-31" with data.waymark.support.ends as {"node": {"18": "2027-12-31"}}
	support.end_of("node", "20.1") == "2026-04-30" with data.waymark.support.ends as {"node": {"18": "2027-12-31"}}
	support.end_of("acme", "1") == "2020-01-01" with data.waymark.support.ends as {"acme": {"1": "2020-01-01"}}
}
