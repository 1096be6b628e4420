package waymark.lib.image_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.lib.image

with_dockerfiles(files) := json.patch(fixtures.facts, [{"op": "replace", "path": "/repository/files", "value": files}])

test_which_files_build_images if {
	built := ["Dockerfile", "api/Dockerfile.dev", "Containerfile", "docker/worker.Dockerfile", "DOCKERFILE"]
	others := ["Dockerfile.md/notes.txt", ".dockerignore", "src/dockerfile.parser.ts", "Dockerfile.", "Dockerfile.dockerignore", "node_modules/a/Dockerfile", "testdata/Dockerfile"]
	image.files == {path | some path in built} with input as with_dockerfiles([{"path": path} | some path in array.concat(built, others)])
}

text := `# syntax=docker/dockerfile:1
ARG NODE_VERSION=24.21.0
ARG NODE="node"
FROM --platform=$BUILDPLATFORM $NODE:${NODE_VERSION}-slim AS Build
ARG REVISION=unknown
RUN npm ci

from build as test
FROM scratch AS empty
FROM debian:${DEBIAN:-12}
FROM ${UNKNOWN}
COPY --from=build /app /app
`

test_bases if {
	{[base.line, base.image] | some base in image.bases} == {
		[4, "node:24.21.0-slim"],
		[10, "debian:12"],
	} with input as with_dockerfiles([{"path": "Dockerfile", "text": text}])
}

test_unread_file_has_no_bases if {
	count(image.bases) == 0 with input as with_dockerfiles([{"path": "Dockerfile"}])
}
