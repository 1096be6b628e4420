import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const commit = '8aad20d150bbac5944a9f9d289da16a4b0d87c1e';

/** A service off the golden paths that keeps to every rule files can answer. */
const FILES: Readonly<Record<string, string>> = {
  'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: parcel-labels
  description: Prints the labels of parcels
  annotations:
    backstage.io/techdocs-ref: dir:.
    pagerduty.com/service-id: PTWDEL7
    waymark.dev/off-road: Printers need a driver that no golden path brings.
spec:
  type: service
  lifecycle: production
  owner: group:default/delivery
  system: last-mile-delivery
  providesApis: [labels-api]
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: labels-api
  description: Prints a label
spec:
  type: openapi
  lifecycle: production
  owner: group:default/delivery
  definition:
    $text: ./api/openapi.yaml
`,
  '.github/workflows/ci.yml': `on: [pull_request, push]
permissions:
  contents: read
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@${commit}
      - run: npm ci && npm test
      - uses: docker/build-push-action@${commit}
        with:
          push: true
          sbom: true
`,
  'api/openapi.yaml': 'openapi: 3.1.0\n',
  'chart/Chart.yaml': `apiVersion: v2
name: parcel-labels
version: 0.1.0
dependencies:
  - name: service
    version: 1.0.0
    repository: oci://ghcr.io/tidewater/charts
`,
  'chart/env/production.yaml': `service:
  environment: production
`,
  'chart/values.yaml': `service:
  name: parcel-labels
  owner: delivery
  image:
    repository: ghcr.io/tidewater/parcel-labels
    tag: v1.4.2
`,
  Dockerfile:
    'FROM node:24.21.0-bookworm-slim\nUSER 10001\nCOPY . .\nCMD ["node", "src/main.js"]\n',
  'docs/adr/0001-own-printer-driver.md': '# Our own driver\n',
  'docs/index.md': '# Parcel labels\n',
  'docs/on-call.md': '# On call\n',
  'docs/runbook.md': '# Runbook\n',
  'mkdocs.yml': 'site_name: Parcel labels\n',
  'monitoring/alerts.yaml': `groups:
  - name: parcel-labels
    rules:
      - alert: ErrorBudgetBurn
        expr: errors:ratio_rate5m > 14.4 * 0.005 and errors:ratio_rate1h > 14.4 * 0.005
        labels: { severity: page }
        annotations:
          runbook_url: https://docs.tidewater.example/parcel-labels#burn
`,
  'monitoring/dashboard.json': '{ "panels": [] }\n',
  'package-lock.json': '{}\n',
  'package.json': '{ "dependencies": { "fastify": "^5.6.1" } }\n',
  'renovate.json': '{ "extends": ["config:recommended"] }\n',
  'slo/slo.yaml': `apiVersion: openslo/v1
kind: SLO
metadata:
  name: parcel-labels-availability
spec:
  timeWindow:
    - duration: 30d
      isRolling: true
  objectives:
    - target: 0.995
`,
};

/** Files that are other than they should be; undefined ones are gone. */
export type Spoilt = Record<string, string | undefined>;

/** Folders of services, each a repository of Git; `remove` takes them away. */
export function services() {
  const root = mkdtempSync(join(tmpdir(), 'waymark-check-'));
  let count = 0;
  return {
    root,
    remove: () => rmSync(root, { recursive: true }),
    write(spoilt: Spoilt = {}): string {
      count += 1;
      const folder = join(root, `service-${count}`);
      for (const [path, text] of Object.entries({ ...FILES, ...spoilt })) {
        if (text === undefined) continue;
        const file = join(folder, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
      execFileSync('git', ['init', '--quiet', folder]);
      return folder;
    },
  };
}

/** A good file with one thing changed. */
export function changed(file: string, from: string, to: string): Spoilt {
  const text = FILES[file].replace(from, to);
  if (text === FILES[file]) throw new Error(`${file} has no ${from}`);
  return { [file]: text };
}
