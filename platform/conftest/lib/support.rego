# METADATA
# title: Until when base images get security updates
# description: >-
#   Last days by product and release, as https://endoflife.date had gathered them in
#   August 2026 from the makers' own calendars, whose addresses stand beside them. Data
#   under waymark.support.ends counts before what is written here, release by release.
package waymark.lib.support

import data.waymark.lib.settings

default own := {}

own := data.waymark.support.ends

ends := object.union(published, own)

published := {
	# https://alpinelinux.org/releases/
	"alpine": {
		"3.18": "2025-05-09",
		"3.19": "2025-11-01",
		"3.20": "2026-04-01",
		"3.21": "2026-11-01",
		"3.22": "2027-05-01",
		"3.23": "2027-11-01",
		"3.24": "2028-06-01",
	},
	# With long-term support: https://wiki.debian.org/LTS
	"debian": {
		"10": "2024-06-30",
		"11": "2026-08-31",
		"12": "2028-06-30",
		"13": "2030-06-30",
	},
	# https://adoptium.net/support/
	"eclipse-temurin": {
		"8": "2030-12-31",
		"11": "2027-10-31",
		"16": "2021-09-30",
		"17": "2027-10-31",
		"18": "2022-09-30",
		"19": "2023-03-31",
		"20": "2023-09-19",
		"21": "2029-12-31",
		"22": "2024-09-17",
		"23": "2025-03-18",
		"24": "2025-09-16",
		"25": "2031-09-30",
		"26": "2026-09-15",
	},
	# https://go.dev/doc/devel/release: a release ends when the second one after it
	# comes, in February or August. Those of 1.26 and 1.27 are expected.
	"golang": {
		"1.22": "2025-02-11",
		"1.23": "2025-08-12",
		"1.24": "2026-02-10",
		"1.25": "2026-08-19",
		"1.26": "2027-02-28",
		"1.27": "2027-08-31",
	},
	"mcr.microsoft.com/dotnet/aspnet": dotnet,
	"mcr.microsoft.com/dotnet/runtime": dotnet,
	"mcr.microsoft.com/dotnet/sdk": dotnet,
	# https://github.com/nodejs/release#release-schedule
	"node": {
		"18": "2025-04-30",
		"19": "2023-06-01",
		"20": "2026-04-30",
		"21": "2024-06-01",
		"22": "2027-04-30",
		"23": "2025-06-01",
		"24": "2028-04-30",
		"25": "2026-06-01",
		"26": "2029-04-30",
	},
	# All its releases were given up for those of vendors:
	# https://hub.docker.com/_/openjdk
	"openjdk": {"99": "2022-07-31"},
	# https://www.php.net/supported-versions.php
	"php": {
		"8.1": "2025-12-31",
		"8.2": "2026-12-31",
		"8.3": "2027-12-31",
		"8.4": "2028-12-31",
		"8.5": "2029-12-31",
	},
	# https://devguide.python.org/versions/
	"python": {
		"3.9": "2025-10-31",
		"3.10": "2026-10-31",
		"3.11": "2027-10-31",
		"3.12": "2028-10-31",
		"3.13": "2029-10-31",
		"3.14": "2030-10-31",
	},
	# https://www.ruby-lang.org/en/downloads/branches/
	"ruby": {
		"3.1": "2025-03-26",
		"3.2": "2026-03-31",
		"3.3": "2027-03-31",
		"3.4": "2028-03-31",
		"4.0": "2029-03-31",
	},
	# Standard security maintenance: https://ubuntu.com/about/release-cycle
	"ubuntu": {
		"18.04": "2023-05-31",
		"20.04": "2025-05-31",
		"22.04": "2027-04-01",
		"22.10": "2023-07-20",
		"23.04": "2024-01-20",
		"23.10": "2024-07-12",
		"24.04": "2029-05-31",
		"24.10": "2025-07-10",
		"25.04": "2026-01-17",
		"25.10": "2026-07-01",
		"26.04": "2031-04-30",
	},
}

# https://dotnet.microsoft.com/platform/support/policy/dotnet-core
dotnet := {
	"6.0": "2024-11-12",
	"7.0": "2024-05-14",
	"8.0": "2026-11-10",
	"9.0": "2026-11-10",
	"10.0": "2028-11-14",
}

codenames := {
	"bookworm": ["debian", "12"],
	"bullseye": ["debian", "11"],
	"buster": ["debian", "10"],
	"focal": ["ubuntu", "20.04"],
	"jammy": ["ubuntu", "22.04"],
	"noble": ["ubuntu", "24.04"],
	"oracular": ["ubuntu", "24.10"],
	"plucky": ["ubuntu", "25.04"],
	"questing": ["ubuntu", "25.10"],
	"resolute": ["ubuntu", "26.04"],
	"stretch": ["debian", "9"],
	"trixie": ["debian", "13"],
}

# What an image is made of, as far as its name tells: a set of [product, version].
parts(image) := product_of(image) | system_of(image)

product_of(image) := {[name, version] |
	[name, tag] := name_and_tag(image)
	ends[name]
	some [version] in regex.find_all_string_submatch_n(`^[0-9]+(?:\.[0-9]+)*`, tag, 1)
}

system_of(image) := {part |
	some word in split(replace(replace(image, ":", "-"), "/", "-"), "-")
	some part in systems(word)
}

systems(word) := {codenames[word]}

systems(word) := {[product, version] |
	some [_, product, version] in regex.find_all_string_submatch_n(`^(alpine|debian)([0-9]+(?:\.[0-9]+)?)$`, word, 1)
} if {
	not codenames[word]
}

name_and_tag(image) := [official(concat("/", array.concat(array.slice(path, 0, count(path) - 1), [name]))), tag] if {
	path := split(split(image, "@")[0], "/")
	[name, tag] := split(path[count(path) - 1], ":")
}

# The name without that of a mirror.
official(name) := [trim_prefix(name, mirror) |
	some mirror in array.concat(settings.image_mirrors, [""])
	startswith(name, mirror)
][0]

# The last day of a release; for one older than all that are known, of the oldest.
end_of(product, version) := ends[product][release_of(product, version)]

end_of(product, version) := ends[product][oldest] if {
	not release_of(product, version)
	releases := [numbers(release) | some release in object.keys(ends[product])]
	oldest := concat(".", [format_int(number, 10) | some number in min(releases)])
	count(numbers(version)) >= count(min(releases))
	numbers(version) < min(releases)
}

# 24.21.0 is of release 24, and 3.13.14 of 3.13.
release_of(product, version) := releases[count(releases) - 1] if {
	releases := [release |
		some length in [1, 2]
		release := concat(".", array.slice(split(version, "."), 0, length))
		ends[product][release]
	]
	count(releases) > 0
}

numbers(version) := [to_number(number) | some number in split(version, ".")]
