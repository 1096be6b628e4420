import { PortalClient } from './client';

/** Files of a template under test, by path. */
type Files = Record<string, string>;
type Step = { action: string; input: object };

const skeleton = { 'skeleton/file': 'text' };
const fetched = { action: 'fetch:plain', input: { url: './skeleton' } };

/** Every action that takes a path, each with ways to a folder outside. */
export const waysTo = (out: string): [string, Step[], Files?][] => [
  [
    'read a folder above',
    [{ action: 'fetch:plain', input: { url: climb(out) } }],
  ],
  ['read an absolute folder', [{ action: 'fetch:plain', input: { url: out } }]],
  [
    'read a file: address',
    [{ action: 'fetch:plain', input: { url: `file://${out}` } }],
  ],
  [
    'write above',
    [
      {
        action: 'fetch:plain',
        input: { url: './skeleton', targetPath: `${climb(out)}` },
      },
    ],
    skeleton,
  ],
  [
    'write absolutely',
    [
      {
        action: 'fetch:plain',
        input: { url: './skeleton', targetPath: out },
      },
    ],
    skeleton,
  ],
  [
    'read one file above',
    [
      {
        action: 'fetch:plain:file',
        input: { url: `${climb(out)}/canary`, targetPath: 'x' },
      },
    ],
  ],
  [
    'read one file: address',
    [
      {
        action: 'fetch:plain:file',
        input: { url: `file://${out}/canary`, targetPath: 'x' },
      },
    ],
  ],
  [
    'write one file absolutely',
    [
      {
        action: 'fetch:plain:file',
        input: { url: './skeleton/file', targetPath: `${out}/x` },
      },
    ],
    skeleton,
  ],
  [
    'render a folder above',
    [
      {
        action: 'fetch:template',
        input: { url: climb(out), values: {} },
      },
    ],
  ],
  [
    'render to an absolute folder',
    [
      {
        action: 'fetch:template',
        input: { url: './skeleton', targetPath: out, values: {} },
      },
    ],
    skeleton,
  ],
  [
    'render to a name that climbs',
    [
      {
        action: 'fetch:template',
        input: {
          url: './skeleton',
          values: { name: `${climb(out)}/x` },
        },
      },
    ],
    { 'skeleton/${{ values.name }}': 'text' },
  ],
  [
    'render one file above',
    [
      {
        action: 'fetch:template:file',
        input: {
          url: `${climb(out)}/canary`,
          targetPath: 'x',
          values: {},
        },
      },
    ],
  ],
  [
    'render one file absolutely',
    [
      {
        action: 'fetch:template:file',
        input: { url: './skeleton/file', targetPath: `${out}/x`, values: {} },
      },
    ],
    skeleton,
  ],
  [
    'include a file',
    [{ action: 'fetch:template', input: { url: './skeleton', values: {} } }],
    { 'skeleton/file': `{% include '${out}/canary' %}` },
  ],
  [
    'reach into the runtime',
    [{ action: 'fetch:template', input: { url: './skeleton', values: {} } }],
    {
      'skeleton/file': `\${{ ''.constructor.constructor("return process.mainModule.require('fs').readFileSync('${out}/canary', 'utf8')")() }}`,
    },
  ],
  [
    'delete absolutely',
    [{ action: 'fs:delete', input: { files: [`${out}/*`] } }],
  ],
  [
    'delete above',
    [
      {
        action: 'fs:delete',
        input: { files: [`${climb(out)}/canary`] },
      },
    ],
  ],
  [
    'move in',
    [
      {
        action: 'fs:rename',
        input: { files: [{ from: `${out}/canary`, to: 'x' }] },
      },
    ],
  ],
  [
    'move out',
    [
      fetched,
      {
        action: 'fs:rename',
        input: { files: [{ from: 'file', to: `${out}/x` }] },
      },
    ],
    skeleton,
  ],
  ['list absolutely', [{ action: 'fs:readdir', input: { paths: [out] } }]],
  ['list above', [{ action: 'fs:readdir', input: { paths: ['..'] } }]],
  [
    'a template whose own file climbs',
    [fetched],
    { ...skeleton, [`${climb(out)}/x`]: 'text' },
  ],
  [
    'a template whose own file is absolute',
    [fetched],
    { ...skeleton, [`${out}/x`]: 'text' },
  ],
];

/** The way to an absolute path from anywhere not too deep. */
export function climb(path: string): string {
  return `${'../'.repeat(12)}${path.slice(1)}`;
}

/** Runs steps without a template in the catalog. */
export function dryRun(client: PortalClient, steps: Step[], files: Files) {
  return client.post('/api/scaffolder/v2/dry-run', {
    template: {
      apiVersion: 'scaffolder.backstage.io/v1beta3',
      kind: 'Template',
      metadata: { name: 'paths' },
      spec: {
        type: 'service',
        steps: steps.map((step, index) => ({
          id: `step-${index}`,
          name: `Step ${index}`,
          ...step,
        })),
      },
    },
    values: {},
    directoryContents: Object.entries(files).map(([path, content]) => ({
      path,
      base64Content: Buffer.from(content).toString('base64'),
    })),
  });
}
