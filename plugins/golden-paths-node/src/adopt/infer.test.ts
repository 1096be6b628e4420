import { Tree, TreeEntry } from '../upgrade';
import { componentOfTree } from './component';
import { inferOrigin } from './infer';
import { Path, PathVersion } from './paths';

const environment = {
  gitHost: 'git.example.com',
  gitOwner: 'tidewater',
  gitUrl: 'https://git.example.com',
  portalUrl: 'https://portal.example.com',
};
const treeOf = (files: Record<string, string | Buffer>): Tree =>
  new Map(
    Object.entries(files).map(([path, text]): [string, TreeEntry] => [
      path,
      { mode: '100644', content: Buffer.from(text) },
    ]),
  );
const lines = (word: string, count: number) =>
  Array.from({ length: count }, (_, line) => `${word} says ${line}`).join('\n');

const FORM = {
  spec: {
    parameters: [
      {
        required: ['name', 'purpose'],
        properties: {
          name: { type: 'string', pattern: '^[a-z-]+$' },
          purpose: { type: 'string', maxLength: 60 },
          owner: {
            type: 'string',
            pattern: '^group:[a-z]+/[a-z]+$',
            'ui:options': { catalogFilter: [{ kind: 'Group' }] },
          },
          copies: { type: 'integer', default: 2, minimum: 1, maximum: 12 },
          size: { type: 'string', enum: ['s', 'm', 'l'], default: 's' },
          store: { type: 'boolean', default: true },
          plan: { type: 'array', items: { type: 'string' } },
        },
      },
    ],
  },
};

const renders: string[] = [];
/** A version of a golden path for kettles, or for what else it is told. */
function version(word: string, number: string, commit: string): PathVersion {
  return {
    version: number,
    commit,
    template: FORM,
    render: async ({ name, purpose, owner, copies, size, store }) => {
      renders.push(`${word} ${number}`);
      return treeOf({
        'README.md': `# ${name}\n\nPurpose: "${String(purpose).replaceAll(
          '"',
          '\\"',
        )}"\n${lines(word, 20)}\n`,
        OWNERS: `${owner ?? 'nobody'} looks after it\n`,
        'ci.yml': `uses: ci@${commit} # ${word}\nversion: ${number}\n`,
        'run.yaml': `copies: ${copies}\nmost: ${
          Number(copies) * 3
        }\nsize: ${size}\n`,
        [`src/${word}.ts`]: lines(`${word} ${number}`, 40),
        'shared.mk': lines('all', 30),
        ...(store ? { 'src/store.ts': lines(`${word} store`, 20) } : {}),
      });
    },
  };
}
const pathOf = (word: string): Path => {
  const [first, next] = ['1.0.0', '2.0.0'].map((number, index) =>
    version(word, number, `${index}`.repeat(39) + (word.length % 10)),
  );
  return {
    ref: `template:default/${word}`,
    title: word,
    newest: next,
    older: async () => [first],
    at: async commit =>
      commit === 'a'.repeat(40) ? version(word, '1.0.0', commit) : undefined,
  };
};
const paths = [pathOf('kettle'), pathOf('teapots')];
const infer = (tree: Tree) =>
  inferOrigin({
    tree,
    component: componentOfTree(tree),
    says: 'catalog-info.yaml',
    hints: { name: { value: 'hob', from: 'the repository is called so' } },
    environment,
    paths,
  });

beforeEach(() => renders.splice(0));

describe('where a repository came from', () => {
  it('is read off its files: path, version, commit and answers', async () => {
    const commit = 'a'.repeat(40);
    const made = await version('kettle', '1.0.0', commit).render(
      {
        name: 'hob',
        purpose: 'Boils water: "hot".',
        owner: 'group:default/heat',
        copies: 11,
        size: 'l',
        store: false,
      },
      environment,
    );
    const tree = new Map(made);
    tree.set('lib/kettle.ts', tree.get('src/kettle.ts')!);
    tree.delete('src/kettle.ts');
    tree.delete('shared.mk');
    const [first, second] = await infer(tree);
    expect(first).toMatchObject({
      path: { ref: 'template:default/kettle' },
      version: { version: '1.0.0', commit },
      inputs: {
        name: 'hob',
        purpose: 'Boils water: "hot".',
        owner: 'group:default/heat',
        copies: 11,
        size: 'l',
        store: false,
      },
    });
    expect(first.confidence).toBeGreaterThan(0.7);
    expect(first.confidence).toBeLessThan(1);
    expect(first.evidence).toEqual([
      '4 of the 6 files that it makes are there as it makes them.',
      '1 is like it, edited since: src/kettle.ts.',
      '1 is not there: shared.mk.',
      '1 is in another place: src/kettle.ts.',
      'It names commit aaaaaaa, at which the golden path was at 1.0.0.',
      'The newest version of the golden path is 2.0.0.',
    ]);
    expect(second.confidence).toBeLessThan(0.3);
    const from = Object.fromEntries(
      first.answers.map(({ field, from: words }) => [field.name, words]),
    );
    expect(from).toEqual({
      name: 'the repository is called so',
      purpose: 'it stands in README.md',
      owner: 'it stands in OWNERS',
      copies: 'it stands in run.yaml',
      size: 'the files are nearest to it',
      store: 'the files are nearest to it',
    });
  });

  it('says what it does not know', async () => {
    const tree = treeOf({
      'src/kettle.ts': lines('kettle 2.0.0', 40),
      'shared.mk': lines('all', 30),
    });
    const [{ answers, inputs, version: made }] = await infer(tree);
    expect(made.version).toBe('2.0.0');
    expect(inputs).toEqual({ name: 'hob', copies: 2, size: 's', store: false });
    expect(answers.find(({ field }) => field.name === 'purpose')).toMatchObject(
      {
        from: 'not to be seen in the files: please answer it',
        isTold: false,
      },
    );
    expect(answers.find(({ field }) => field.name === 'size')).toMatchObject({
      from: 'the usual answer: the files do not tell',
      isTold: false,
    });
  });

  it('takes what the catalog file says, and nothing by odd names', async () => {
    const made = await paths[0].newest.render(
      { name: 'hob', purpose: 'x', copies: 2, size: 's', store: true },
      environment,
    );
    const catalog = (text: string) =>
      new Map(made).set('catalog-info.yaml', {
        mode: '100644',
        content: Buffer.from(text),
      });
    const [said] = await infer(
      catalog(`kind: Component
metadata: { name: pot, labels: { copies: "5" } }
spec: { owner: heat, size: xxl, constructor: { name: evil }, __proto__: { store: false } }
`),
    );
    expect(said.inputs).toMatchObject({
      name: 'pot',
      owner: 'group:default/heat',
      size: 's',
      store: true,
    });
    expect(({} as { store?: unknown }).store).toBeUndefined();
    for (const bad of [
      'kind: Component\nmetadata: &a [*a]\n',
      `a: &a [x]\n${'b: [*a, *a]\n'.repeat(2000)}`,
      '['.repeat(100_000),
      '\u0000\u0001',
      'kind: Component\nmetadata: { name: [not, a, name] }\nspec: 7\n',
    ]) {
      const [first] = await infer(catalog(bad));
      expect(first.path.ref).toBe('template:default/kettle');
      expect(first.inputs.name).toBe('hob');
    }
  });

  it('is bounded, whatever the repository holds', async () => {
    const link: TreeEntry = {
      mode: '120000',
      content: Buffer.from('/etc/passwd'),
    };
    const tree = new Map<string, TreeEntry>([
      ['README.md', link],
      ['catalog-info.yaml', link],
      ['src/kettle.ts', { mode: '160000', commit: 'b'.repeat(40) }],
      ['run.yaml', { mode: '100644', content: Buffer.alloc(1_000_000, 'a\n') }],
      ['ci.yml', { mode: '100644', content: Buffer.from([0, 255, 10, 0]) }],
      ['shared.mk', { mode: '100644', content: Buffer.alloc(500_000, 'x') }],
    ]);
    for (let index = 0; index < 5_000; index += 1) {
      tree.set(`deep/${index}/store.ts`, {
        mode: '100644',
        content: Buffer.from(`kettle store says ${index}\n`),
      });
    }
    const [first] = await infer(tree);
    expect(first.confidence).toBeLessThan(0.1);
    expect(renders.length).toBeLessThan(10);
  });

  it('is found out with no more than so many renders', async () => {
    const many = Array.from({ length: 200 }, (_, index) =>
      version('kettle', `0.${index}.0`, `${index}`.padStart(40, '0')),
    );
    const made = await paths[0].newest.render(
      { name: 'hob', purpose: 'x' },
      environment,
    );
    renders.splice(0);
    await inferOrigin({
      tree: made!,
      says: 'x',
      environment,
      paths: Array.from({ length: 30 }, () => ({
        ...paths[0],
        older: async () => many,
      })),
    });
    expect(renders.length).toBeLessThanOrEqual(100);
    const stopped = inferOrigin({
      tree: made!,
      says: 'x',
      environment,
      paths,
      signal: AbortSignal.abort(),
    });
    await expect(stopped).rejects.toThrow('aborted');
  });
});
