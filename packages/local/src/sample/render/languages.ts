import { stringify } from 'yaml';
import { SampleComponent } from '../schema';

/** What differs between languages in a repository's common files. */
export interface Toolchain {
  /** Files every repository in this language has, besides its source. */
  files(component: SampleComponent): Record<string, string>;
  dockerfile(component: SampleComponent): string;
  ignore: string[];
  /** Setup action of the pipeline, and what it is given. */
  setup?: { action: string; with: Record<string, string> };
  install: string;
  test: string;
  run: string;
}

const sortedEntries = (record: Record<string, string>) =>
  Object.entries(record).sort(([a], [b]) => a.localeCompare(b));

const typescript: Toolchain = {
  files: ({ name, description, dependencies, type }) => ({
    'package.json': `${JSON.stringify(
      {
        name: `@tidewater/${name}`,
        version: '0.0.0',
        private: type !== 'library',
        description,
        type: 'module',
        engines: { node: '>=22' },
        scripts: {
          build: 'tsc -p .',
          start: 'node dist/main.js',
          test: 'vitest run',
        },
        dependencies: Object.fromEntries(sortedEntries(dependencies)),
        devDependencies: { typescript: '~5.8.0', vitest: '^3.2.0' },
      },
      null,
      2,
    )}\n`,
    'tsconfig.json': `${JSON.stringify(
      {
        compilerOptions: {
          target: 'ES2023',
          module: 'NodeNext',
          strict: true,
          outDir: 'dist',
          rootDir: 'src',
          ...(['website', 'mobile-app'].includes(type)
            ? { jsx: 'react-jsx' }
            : {}),
        },
        include: ['src'],
      },
      null,
      2,
    )}\n`,
  }),
  dockerfile: () => `FROM node:22-slim AS build
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:22-slim
WORKDIR /app
COPY --from=build /app/dist ./dist
COPY --from=build /app/node_modules ./node_modules
USER node
CMD ["node", "dist/main.js"]
`,
  ignore: ['node_modules/', 'dist/', 'coverage/'],
  setup: {
    action: 'actions/setup-node',
    with: { 'node-version': '22', cache: 'npm' },
  },
  install: 'npm ci',
  test: 'npm test',
  run: 'npm start',
};

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
  run: 'go run .',
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
  run: './gradlew run',
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
COPY pyproject.toml ./
COPY ${moduleOf(name)} ./${moduleOf(name)}
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
  run: 'python -m',
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
  run: 'php -S localhost:8080 -t public',
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
export function moduleOf(name: string): string {
  return name.replace(/-/g, '_');
}

/** Full digests of the actions the pipelines use, and the version of each. */
const PINNED: Record<string, [string, string]> = {
  'actions/checkout': ['11bd71901bbe5b1630ceea73d27597364c9af683', 'v4.2.2'],
  'actions/setup-node': ['49933ea5288caeca8642d1e84afbd3f7d6820020', 'v4.4.0'],
  'actions/setup-go': ['d35c59abb061a4a6fb18e82ac0862c26744d6ab5', 'v5.5.0'],
  'actions/setup-python': [
    'a26af69be951a213d495a4c3e4e4022e16d87065',
    'v5.6.0',
  ],
  'actions/setup-java': ['c5195efecf7bdfc987ee8bae7a71cb8b11521c00', 'v4.7.1'],
};

/** `.github/workflows/ci.yaml`: install and test on every change. */
export function workflow(component: SampleComponent): string {
  const { setup, install, test } = toolchains[component.language];
  const pinned = component.workflow === 'pinned';
  const use = (action: string) => {
    const [digest, version] = PINNED[action];
    return pinned
      ? `${action}@${digest} # ${version}`
      : `${action}@${version.split('.')[0]}`;
  };
  const given = Object.entries(setup?.with ?? {})
    .map(([key, value]) => `          ${key}: ${stringify(value)}`)
    .join('');
  const setupStep = setup
    ? `      - uses: ${use(setup.action)}\n        with:\n${given}`
    : '';
  const permissions = pinned ? 'permissions:\n  contents: read\n\n' : '';
  return `name: CI

on:
  pull_request:
  push:
    branches: [main]

${permissions}jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: ${use('actions/checkout')}
${setupStep}      - run: ${install}
      - run: ${test}
`;
}
