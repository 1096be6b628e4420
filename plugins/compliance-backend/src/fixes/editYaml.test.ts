import { editYaml, YamlEdit } from './editYaml';

const edit = (text: string, change: Partial<YamlEdit>) =>
  editYaml('catalog-info.yaml', text, {
    document: 0,
    path: ['spec', 'lifecycle'],
    value: 'production',
    ...change,
  });

const ENTITY = `# The pricing service.
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: pricing   # as in the cluster
  tags: [ go,  grpc ]

  # Who looks at it.
  annotations:
    a/b: "c"
spec:
    type: service

    # The team.
    owner: checkout
`;

describe('editYaml', () => {
  it('adds a line below another, and leaves all others as they are', () => {
    expect(edit(ENTITY, { after: ['type'] })).toBe(
      ENTITY.replace('service\n\n', 'service\n    lifecycle: production\n\n'),
    );
    expect(
      edit(ENTITY, {
        path: ['metadata', 'description'],
        value: 'Prices: all of them',
        after: ['title', 'name'],
      }),
    ).toBe(
      ENTITY.replace(
        'cluster\n',
        'cluster\n  description: "Prices: all of them"\n',
      ),
    );
    expect(
      edit(ENTITY, {
        path: ['metadata', 'annotations', 'd/e'],
        value: 'dir:.',
      }),
    ).toBe(ENTITY.replace('"c"\n', '"c"\n    d/e: dir:.\n'));
  });

  it('keeps the ends of lines of Windows', () => {
    const text = ENTITY.replaceAll('\n', '\r\n');
    expect(edit(text, { after: ['type'] })).toBe(
      text.replace('service\r\n', 'service\r\n    lifecycle: production\r\n'),
    );
  });

  it.each<[string, string, Partial<YamlEdit>, string]>([
    [
      'a key without a value',
      'spec:\n  lifecycle: # say\n',
      {},
      'spec:\n  lifecycle: production # say\n',
    ],
    [
      'an empty text',
      "spec: { lifecycle: '' }\n",
      {},
      'spec: { lifecycle: production }\n',
    ],
    [
      'a map on one line',
      'spec: { type: a }\n',
      {},
      'spec: { type: a, lifecycle: production }\n',
    ],
    [
      'an empty map',
      'spec: {} # none\nx: 1\n',
      {},
      'spec: # none\n  lifecycle: production\nx: 1\n',
    ],
    [
      'an empty key',
      'spec:\nx: 1\n',
      {},
      'spec:\n  lifecycle: production\nx: 1\n',
    ],
    [
      'no last line end',
      'spec:\n  type: a',
      {},
      'spec:\n  type: a\n  lifecycle: production',
    ],
    ['an empty file', '', {}, 'spec:\n  lifecycle: production\n'],
    [
      'a file of comments',
      '# none\n',
      {},
      '# none\nspec:\n  lifecycle: production\n',
    ],
    [
      'a block of text before',
      'spec:\n  about: |\n    One.\n\n    Two.\n  owner: a\n',
      { after: ['about'] },
      'spec:\n  about: |\n    One.\n\n    Two.\n  lifecycle: production\n  owner: a\n',
    ],
    [
      'another document',
      'a: 1\n---\nspec:\n  type: b\n---\nc: 2\n',
      { document: 1 },
      'a: 1\n---\nspec:\n  type: b\n  lifecycle: production\n---\nc: 2\n',
    ],
    [
      'an item of a list',
      'l:\n  - n: a\n    m: 1\n  - n: b\n',
      { path: ['l', 0, 'k', 'cpu'], value: '1', comment: 'Look' },
      'l:\n  - n: a\n    m: 1\n    # Look\n    k:\n      cpu: "1"\n  - n: b\n',
    ],
  ])('writes into %s', (_, text, change, expected) => {
    expect(edit(text, change)).toBe(expected);
  });

  const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
    .split('')
    .map((key, index) => {
      const alias = `*${'abcdefg'[index]}`;
      return `${key}: &${key} [${Array(10).fill(alias).join(',')}]\n`;
    })
    .join('')}spec:\n  type: x\n`;
  it.each<[string, string, Partial<YamlEdit>]>([
    ['what is there', 'spec:\n  lifecycle: old\n', {}],
    ['what is no map', 'spec: text\n', {}],
    ['a map that others share', 'x: &x\n  type: a\nspec: *x\n', {}],
    ['a map that lends itself', 'spec: &x\n  type: a\ny: *x\n', {}],
    ['what is no YAML', 'spec: [\n', {}],
    ['a bomb of aliases', bomb, {}],
  ])('leaves %s to people', (_, text, change) => {
    expect(() => edit(text, change)).toThrow(
      /^catalog-info.yaml has to be changed by hand: /,
    );
  });
});
