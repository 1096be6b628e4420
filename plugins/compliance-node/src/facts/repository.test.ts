import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderSource, memorySource } from './FileSource';
import { readRepositoryFacts } from './readRepositoryFacts';

const read = async (files: Record<string, string | Uint8Array>) => {
  const { files: found } = await readRepositoryFacts(memorySource(files));
  return Object.fromEntries(found.map(({ path, ...rest }) => [path, rest]));
};

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name, index) => {
    const before = 'abcdefgh'[index];
    return `${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`;
  }),
].join('\n');

describe('readRepositoryFacts', () => {
  it('takes all paths, and text and documents of what rules read', async () => {
    const facts = await read({
      'catalog-info.yaml': '\ufeffkind: API\n---\nkind: Component\n',
      '.github/workflows/ci.yml': 'on: push\nx: &x {a: 1}\ny: {<<: *x}\n',
      'chart/templates/job.yaml': '{{ if .Values.job }}\nkind: Job\n{{ end }}',
      'package.json': '{"name": "a"}',
      'pyproject.toml': '[project]\nname = "a"\n',
      'package-lock.json': '{}',
      'src/main.ts': 'export {};',
      'vendor/x/package.json': '{}',
    });
    expect(facts).toEqual({
      'catalog-info.yaml': {
        text: 'kind: API\n---\nkind: Component\n',
        documents: [{ kind: 'API' }, { kind: 'Component' }],
      },
      '.github/workflows/ci.yml': {
        text: expect.any(String),
        documents: [{ on: 'push', x: { a: 1 }, y: { a: 1 } }],
      },
      'chart/templates/job.yaml': { text: expect.any(String) },
      'package.json': { text: '{"name": "a"}', documents: [{ name: 'a' }] },
      'pyproject.toml': {
        text: expect.any(String),
        documents: [{ project: { name: 'a' } }],
      },
      'package-lock.json': {},
      'src/main.ts': {},
      'vendor/x/package.json': {},
    });
  });

  it.each([
    ['an alias bomb', bomb, /aliases|Excessive/i],
    [
      'aliases of one long text',
      `a: &a ${'x'.repeat(50_000)}\nb: [${Array(90).fill('*a').join(', ')}]`,
      /says too much once its aliases are written out/,
    ],
    ['deep nesting', '['.repeat(20_000), /too many levels|cannot be read/],
    [
      'nesting that is well-formed',
      `${'['.repeat(500)}${']'.repeat(500)}`,
      /too many levels/,
    ],
    ['what is no YAML', 'a: b: c\n  - d', /^cannot be read: /],
    ['an alias of nothing', 'a: *b', /^cannot be read: /],
    ['binary content', Buffer.from([0x61, 0x00, 0x62]), /^is no text$/],
    ['what is no UTF-8', Buffer.from([0x61, 0xff, 0x62]), /^is no text$/],
    ['a large file', 'a'.repeat(256 * 1024 + 1), /^is larger than 256 KiB$/],
  ])(
    'survives %s',
    async (_, content, error) => {
      const facts = await read({
        '.github/workflows/ci.yml': content,
        'catalog-info.yaml': 'kind: Component',
      });
      const file = facts['.github/workflows/ci.yml'];
      expect(file.documents).toBeUndefined();
      expect(file.error).toMatch(error);
      expect(file.error!.length).toBeLessThan(250);
      expect(facts['catalog-info.yaml'].documents).toEqual([
        { kind: 'Component' },
      ]);
    },
    20_000,
  );

  it('makes no prototype of what a file says', async () => {
    const facts = await read({
      'a/action.yml': '__proto__: {polluted: true}\nconstructor: x\n',
      'package.json': '{"__proto__": {"polluted": true}}',
    });
    expect(JSON.stringify(facts)).toContain('polluted');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('reads 8 MiB and says of the rest that it did not', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `docs/${String(index).padStart(2, '0')}/Dockerfile`,
        '#'.repeat(250 * 1024),
      ]),
    );
    const facts = Object.values(await read(files));
    const texts = facts.filter(({ text }) => text !== undefined);
    expect(texts).toHaveLength(32);
    expect(facts.at(-1)!.error).toMatch(/8 MiB already/);
  });

  it('does not look at a repository of too many files', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 20_001 }, (_, index) => [`src/${index}.ts`, '']),
    );
    await expect(read(files)).rejects.toThrow(
      'The repository has more than 20000 files',
    );
  });
});

describe('folderSource', () => {
  const root = mkdtempSync(join(tmpdir(), 'waymark-folder-'));
  afterAll(() => rmSync(root, { recursive: true }));

  it('follows no link and lists what Git does not ignore', async () => {
    mkdirSync(join(root, 'node_modules/a'), { recursive: true });
    mkdirSync(join(root, 'src'));
    writeFileSync(join(root, 'node_modules/a/package.json'), '{}');
    writeFileSync(join(root, 'src/own name.ts'), 'x');
    writeFileSync(join(root, 'built.js'), 'x');
    symlinkSync('/etc/passwd', join(root, 'catalog-info.yaml'));
    symlinkSync('/etc', join(root, 'chart'));
    expect(await folderSource(root).list()).toEqual([
      'built.js',
      'src/own name.ts',
    ]);

    writeFileSync(join(root, '.gitignore'), 'node_modules\nbuilt.js\n');
    execFileSync('git', ['init', '--quiet'], { cwd: root });
    expect(await folderSource(root).list()).toEqual([
      '.gitignore',
      'src/own name.ts',
    ]);
    const bytes = await folderSource(root).read('.gitignore', 100);
    expect(String(Buffer.from(bytes!))).toContain('built.js');
    expect(await folderSource(root).read('.gitignore', 3)).toBeUndefined();
  });
});
