/** A step that is given a secret in one of its encodings. */
const ENCODINGS = ['', ' | urlencode', ' | dump', ' | upper', ' | reverse'];

const log = (encoding: string, index: number) => ({
  id: `log-${index}`,
  name: 'Log',
  action: 'debug:log',
  input: { message: `It is \${{ secrets.PASSWORD${encoding} }}!` },
});

/** Steps which fail with a secret in what they say. */
export const FAILURES: Record<string, object> = {
  address: {
    action: 'fetch:plain:file',
    input: {
      url: 'https://${{ secrets.PASSWORD | urlencode }}.example/x',
      targetPath: 'x',
    },
  },
  path: {
    action: 'fs:rename',
    input: { files: [{ from: 'a', to: '../${{ secrets.PASSWORD }}' }] },
  },
  entity: {
    action: 'catalog:fetch',
    input: { entityRef: '${{ secrets.PASSWORD }}' },
  },
  token: {
    action: 'github:repo:create',
    input: {
      repoUrl: '${{ waymark.gitHost }}?owner=tidewater&repo=never',
      token: '${{ secrets.PASSWORD | urlencode }}',
    },
  },
  action: { action: '${{ secrets.PASSWORD }}', input: {} },
  input: {
    action: 'debug:wait',
    input: { minutes: '${{ secrets.PASSWORD }}' },
  },
};

const template = (name: string, steps: object[]) => ({
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name },
  spec: {
    owner: 'group:default/platform-engineering',
    type: 'service',
    EXPERIMENTAL_recovery: { EXPERIMENTAL_strategy: 'startOver' },
    steps,
  },
});

/** Templates that handle a secret carelessly, as a file of the catalog. */
export const TEMPLATES = [
  template('careless', [
    ...ENCODINGS.map(log),
    {
      id: 'write',
      name: 'Write',
      action: 'fetch:template:file',
      input: {
        url: './secret.txt',
        targetPath: 'secret.txt',
        values: { secret: '${{ secrets.PASSWORD }}' },
      },
    },
    {
      id: 'list',
      name: 'List',
      action: 'debug:log',
      input: { listWorkspace: true },
    },
  ]),
  ...Object.entries(FAILURES).map(([name, step]) =>
    template(`fails-by-${name}`, [{ id: 'fail', name: 'Fail', ...step }]),
  ),
]
  // JSON is YAML.
  .map(one => JSON.stringify(one))
  .join('\n---\n');
