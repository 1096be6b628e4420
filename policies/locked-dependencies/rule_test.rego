package waymark.rules.locked_dependencies_test

import data.waymark.lib.facts_fixtures_test as fixtures
import data.waymark.rules.locked_dependencies

test_takes_a_good_component if count(locked_dependencies.deny) == 0 with input as fixtures.facts

only(files) := json.patch(
	fixtures.without_files({"package.json", "package-lock.json"}),
	[{"op": "add", "path": "/repository/files/-", "value": file} | some file in files],
)

test_no_lock if {
	locked_dependencies.deny == {{
		"msg": "has no lock file (Cargo.lock)",
		"file": "tools/Cargo.toml",
	}} with input as only([{"path": "tools/Cargo.toml"}, {"path": "Cargo.lock/README.md"}, {"path": "other/Cargo.lock"}])
}

test_lock_in_a_folder_above if {
	every files in [["Cargo.toml", "Cargo.lock"], ["tools/Cargo.toml", "Cargo.lock"], ["packages/app/package.json", "pnpm-lock.yaml"], ["go.mod", "go.sum"], ["pyproject.toml", "requirements.txt"]] {
		count(locked_dependencies.deny) == 0 with input as only([{"path": path} | some path in files])
	}
}

test_what_asks_for_nothing if {
	every file in [
		{"path": "package.json", "documents": [{"name": "labels", "dependencies": {}}]},
		{"path": "go.mod", "text": "module labels\n\ngo 1.26\n"},
		{"path": "pyproject.toml", "documents": [{"tool": {"ruff": {}}}]},
		{"path": "test/fixtures/package.json"},
		{"path": "vendor/github.com/some/go.mod"},
	] {
		not locked_dependencies.applies with input as only([file])
		count(locked_dependencies.deny) == 0 with input as only([file])
	}
	every file in [
		{"path": "package.json", "documents": [{"devDependencies": {"vitest": "^4.0.0"}}]},
		{"path": "go.mod", "text": "module labels\n\nrequire example.org/a v1.0.0\n"},
		{"path": "pyproject.toml", "documents": [{"project": {"dependencies": ["fastapi"]}}]},
		{"path": "pyproject.toml", "documents": [{"tool": {"poetry": {"dependencies": {"python": "^3.13"}}}}]},
	] {
		locked_dependencies.applies with input as only([file])
		count(locked_dependencies.deny) == 1 with input as only([file])
	}
}

open_lines := {
	"build.gradle": ["implementation 'org.slf4j:slf4j-api:2.+'", "api(\"a.b:c:latest.release\")", "api 'a.b:c:[1.0,2.0)'"],
	"build.gradle.kts": ["implementation(\"org.slf4j:slf4j-api:+\")"],
	"pom.xml": ["<version>LATEST</version>", "<version>[1.0,2.0)</version>"],
	"requirements.txt": ["fastapi", "fastapi>=0.115", "uvicorn[standard]", "pydantic~=2.12 # models", "httpx ; python_version > '3.9'"],
}

test_open_versions if {
	every path, lines in open_lines {
		every line in lines {
			locked_dependencies.deny == {{
				"msg": "leaves a version open",
				"file": path,
				"line": 2,
			}} with input as only([{"path": path, "text": sprintf("\n%s\n", [line])}])
		}
	}
}

exact_lines := {
	"build.gradle": ["implementation 'org.slf4j:slf4j-api:2.0.17'", "implementation 'org.slf4j:slf4j-api'", "classpath files('a+b')"],
	"pom.xml": ["<version>2.0.17</version>", "<version>${spring.version}</version>"],
	"requirements.txt": ["fastapi==0.115.2 \\", "    --hash=sha256:abc", "uvicorn[standard]==0.38.0", "# via fastapi", "-r other.txt", "labels @ https://example.org/labels.whl"],
}

test_exact_versions if {
	every path, lines in exact_lines {
		count(locked_dependencies.deny) == 0 with input as only([{"path": path, "text": concat("\n", lines)}])
	}
}
