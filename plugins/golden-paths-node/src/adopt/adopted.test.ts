import { parseScaffoldRecord } from '@waymark/backstage-plugin-golden-paths-common';
import { parseAllDocuments } from 'yaml';
import { Tree, TreeEntry } from '../upgrade';
import { adoptedTree } from './adopted';

const template = {
  ref: 'template:default/kettle',
  version: '1.2.0',
  commit: 'a'.repeat(40),
};
const environment = {
  gitHost: 'git.example.com',
  gitOwner: 'tidewater',
  gitUrl: 'https://git.example.com',
  portalUrl: 'https://portal.example.com',
};
const adopt = (
  files: Record<string, string>,
  more: { name?: string; inputs?: Record<string, unknown> } = {},
) => {
  const tree: Tree = new Map(
    Object.entries(files).map(([path, text]): [string, TreeEntry] => [
      path,
      { mode: '100644', content: Buffer.from(text) },
    ]),
  );
  const inputs = { name: 'hob' };
  return adoptedTree({ tree, template, environment, inputs, ...more });
};
const catalog = (text: string, name?: string) =>
  adopt({ 'catalog-info.yaml': text }, { name }).files[1]?.after;

const COMMENTED = `# Owned by heat.
apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: hob-api }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
    name: "hob"   # as ever
    annotations:
        example.com/kept: 'yes'
        backstage.io/template-version: 0.9.0 # by hand
        # the last word
    description: >-
        Boils
        water.
spec:
    owner:    heat
    # nobody knows
    type: service

    dependsOn:
        - resource:db
`;

describe('what adopting writes', () => {
  it('is the record, and lines in the catalog file of that component', () => {
    const { files, changes, record, isStated } = adopt(
      { 'catalog-info.yaml': COMMENTED },
      { name: 'hob', inputs: { name: 'hob', copies: 3 } },
    );
    expect(changes).toEqual([
      { path: '.waymark/scaffold.yaml', kind: 'added' },
      { path: 'catalog-info.yaml', kind: 'changed' },
    ]);
    expect(parseScaffoldRecord(files[0].after)).toEqual(record);
    expect(record).toMatchObject({ template, inputs: { copies: 3 } });
    expect(isStated).toBe(true);
    expect(files[1].after).toBe(
      COMMENTED.replace('0.9.0 # by hand', '1.2.0 # by hand')
        .replace(
          '        # the last word\n',
          `        waymark.dev/template: template:default/kettle
        waymark.dev/origin: adopted
        # the last word\n`,
        )
        .replace(
          '    type: service\n',
          '    type: service\n    scaffoldedFrom: template:default/kettle\n',
        ),
    );
  });

  it.each([
    [
      'no annotations',
      'kind: Component\nmetadata:\n  name: hob\nspec:\n  type: service\n',
    ],
    [
      'line endings of others',
      'kind: Component\r\nmetadata:\r\n  name: hob\r\nspec:\r\n  type: service\r\n',
    ],
    [
      'no end of the last line',
      'kind: Component\nmetadata:\n  name: hob\nspec:\n  type: service',
    ],
    [
      'flow maps',
      'kind: Component\nmetadata: { name: hob }\nspec: { type: service } # kept\n',
    ],
    [
      'empty annotations',
      'kind: Component\nmetadata:\n  annotations: {}\n  name: hob\nspec:\n  type: service # kept\n',
    ],
    ['no spec', 'kind: Component\nmetadata:\n  name: hob\n'],
    [
      'only a block',
      'kind: Component\nmetadata:\n  name: hob\nspec:\n  notes: |\n    scaffoldedFrom: none\n',
    ],
  ])('says the same in a file with %s', (_, text) => {
    const after = catalog(text, 'hob');
    const [document] = parseAllDocuments(after);
    expect(document.toJS()).toMatchObject({
      kind: 'Component',
      metadata: {
        name: 'hob',
        annotations: {
          'backstage.io/template-version': '1.2.0',
          'waymark.dev/template': 'template:default/kettle',
          'waymark.dev/origin': 'adopted',
        },
      },
      spec: { scaffoldedFrom: 'template:default/kettle' },
    });
    expect(after.includes('\r\n')).toBe(text.includes('\r\n'));
    expect(after.includes('# kept')).toBe(text.includes('# kept'));
  });

  it('leaves files of other components alone, and says that', () => {
    expect(catalog(COMMENTED, 'other')).toBeUndefined();
    expect(adopt({}).isStated).toBe(false);
    expect(adopt({}).files).toHaveLength(1);
  });

  it('refuses what is recorded already, bad answers and odd files', () => {
    expect(() => adopt({ '.waymark/scaffold.yaml': 'x' })).toThrow(
      'upgrade it',
    );
    expect(() => adopt({ '.waymark': 'x' })).toThrow('the folder of');
    expect(() => adopt({}, { inputs: { 'no name': 1 } })).toThrow(
      'the name of a question',
    );
    expect(() =>
      catalog('kind: Component\nmetadata:\n  name: hob\n  annotations: [x]\n'),
    ).toThrow('has to be changed by hand');
  });
});
