import { SampleComponent } from '../schema';
import { sortedEntries, Toolchain } from './toolchain';
import { typescript } from './typescript';

const go: Toolchain = {
  files: ({ name, dependencies }) => {
    const required = sortedEntries(dependencies)
      .map(([module, version]) => `\t${module} ${version}\n`)
      .join('');
    return {
      'go.mod': `module github.com/tidewater/${name}\n\ngo 1.24\n${
        required && `\nrequire (\n${required})\n`
      }`,
    };
  },
  dockerfile: () => `FROM golang:1.24 AS build
WORKDIR /src
COPY go.* ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -o /out/app .

FROM gcr.io/distroless/static:nonroot
COPY --from=build /out/app /app
USER nonroot
ENTRYPOINT ["/app"]
`,
  ignore: ['/bin/', '*.out'],
  setup: { action: 'actions/setup-go', with: { 'go-version-file': 'go.mod' } },
  install: 'go mod download',
  test: 'go test ./...',
  run: () => 'go run .',
};

const kotlin: Toolchain = {
  files: ({ name, dependencies }) => {
    const required = sortedEntries(dependencies)
      .map(
        ([module, version]) => `    implementation("${module}:${version}")\n`,
      )
      .join('');
    return {
      'settings.gradle.kts': `rootProject.name = "${name}"\n`,
      'build.gradle.kts': `plugins {
    kotlin("jvm") version "2.2.0"
    application
}

repositories { mavenCentral() }

dependencies {
${required}    testImplementation(kotlin("test"))
}

kotlin { jvmToolchain(21) }

application { mainClass = "example.tidewater.MainKt" }

tasks.test { useJUnitPlatform() }
`,
    };
  },
  dockerfile: ({ name }) => `FROM eclipse-temurin:21-jdk AS build
WORKDIR /src
COPY . .
RUN ./gradlew --no-daemon installDist

FROM eclipse-temurin:21-jre
RUN useradd --uid 10001 app
COPY --from=build /src/build/install/${name} /app
USER 10001
ENTRYPOINT ["/app/bin/${name}"]
`,
  ignore: ['.gradle/', 'build/', '.idea/'],
  setup: {
    action: 'actions/setup-java',
    with: { distribution: 'temurin', 'java-version': '21' },
  },
  install: './gradlew assemble',
  test: './gradlew test',
  run: () => './gradlew run',
};

const python: Toolchain = {
  files: ({ name, description, dependencies }) => {
    const required = sortedEntries(dependencies)
      .map(([pkg, version]) => `  "${pkg}${version}",\n`)
      .join('');
    return {
      'pyproject.toml': `[project]
name = "${name}"
version = "0.0.0"
description = ${JSON.stringify(description)}
requires-python = ">=3.12"
dependencies = [
${required}]

[project.optional-dependencies]
dev = ["pytest>=8", "ruff>=0.12"]
`,
    };
  },
  dockerfile: ({ name }) => `FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install --no-cache-dir . && useradd --uid 10001 app
USER 10001
CMD ["python", "-m", "${moduleOf(name)}"]
`,
  ignore: ['.venv/', '__pycache__/', '.pytest_cache/'],
  setup: {
    action: 'actions/setup-python',
    with: { 'python-version': '3.12', cache: 'pip' },
  },
  install: "pip install '.[dev]'",
  test: 'pytest',
  run: ({ name }) => `python -m ${moduleOf(name)}`,
};

const php: Toolchain = {
  files: ({ name, description, dependencies }) => ({
    'composer.json': `${JSON.stringify(
      {
        name: `tidewater/${name}`,
        description,
        type: 'project',
        require: Object.fromEntries(sortedEntries(dependencies)),
      },
      null,
      4,
    )}\n`,
  }),
  dockerfile: () => `FROM php:8.1-apache
COPY . /var/www/html
RUN docker-php-ext-install pdo_mysql
`,
  ignore: ['vendor/'],
  install: 'composer install',
  test: 'vendor/bin/phpunit',
  run: () => 'php -S localhost:8080 -t public',
};

/** How each language is built. */
export const toolchains: Record<SampleComponent['language'], Toolchain> = {
  typescript,
  go,
  kotlin,
  python,
  php,
};

/** Python package name of a component. */
function moduleOf(name: string): string {
  return name.replace(/-/g, '_');
}
