import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  formatScaffoldRecord,
  parseScaffoldRecord,
  SCAFFOLD_RECORD_PATH,
  ScaffoldRecord,
} from '@waymark/backstage-plugin-golden-paths-common';
import { Tree } from '@waymark/backstage-plugin-golden-paths-node';
import { withEngine } from '../templates/engine';
import { upgradeCommand } from './command';
import { readVersion, renderVersion } from './renderVersion';
import {
  commitAll,
  edit,
  git,
  writeGoldenPath,
  writeTree,
} from './__testUtils__/repositories';

jest.setTimeout(300_000);

const root = resolve(__dirname, '../../../..');
const work = mkdtempSync(join(tmpdir(), 'waymark-upgrade-test-'));
const templates = join(work, 'platform');
const environment = {
  gitHost: 'git.tidewater.example',
  gitOwner: 'tidewater',
  gitUrl: 'https://git.tidewater.example',
  portalUrl: 'https://portal.tidewater.example',
};
let record: ScaffoldRecord;
let commits: ReturnType<typeof writeGoldenPath>;
let made: Tree;
let count = 0;

/** A repository as version 1.0.0 made it, and what its owners did since. */
function service(edits: Parameters<typeof edit>[1] = {}): string {
  count += 1;
  const folder = join(work, `service-${count}`);
  mkdirSync(folder);
  writeTree(folder, made);
  commitAll(folder, 'Create');
  if (Object.keys(edits).length > 0) {
    edit(folder, edits);
    commitAll(folder, 'Own work');
  }
  return folder;
}

async function upgrade(folder: string, ...args: string[]) {
  const [out, notes]: string[][] = [[], []];
  const where = args.includes('--templates') ? [] : ['--templates', templates];
  const code = await upgradeCommand([folder, ...where, ...args], {
    root,
    out: text => out.push(text),
    progress: text => notes.push(text),
  });
  return { code, text: out.join(''), notes: notes.join('\n') };
}

const read = (folder: string, path: string) =>
  readFileSync(join(folder, path), 'utf8');
const status = (folder: string) =>
  git(folder, 'status', '--porcelain', '-uall');

beforeAll(async () => {
  mkdirSync(templates);
  commits = writeGoldenPath(root, templates);
  record = {
    apiVersion: 'waymark.dev/v1',
    kind: 'Scaffold',
    template: {
      ref: 'template:default/node-api',
      version: '1.0.0',
      commit: commits.first,
    },
    inputs: {
      name: 'quotes',
      description: 'Prices a delivery.',
      owner: 'group:default/checkout',
    },
    environment,
  };
  git(templates, 'checkout', '--quiet', commits.first);
  const version = readVersion(join(templates, 'templates/node-api'), '1.0.0');
  made = await withEngine(engine => renderVersion(engine, version, record));
  git(templates, 'checkout', '--quiet', commits.next);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('waymark upgrade', () => {
  it('renders the recorded version as it was made', () => {
    const text = (path: string) => {
      const entry = made.get(path);
      return entry?.mode === '160000' ? '' : entry?.content.toString() ?? '';
    };
    expect(parseScaffoldRecord(text(SCAFFOLD_RECORD_PATH))).toEqual(record);
    expect(text('.github/workflows/ci.yml')).toContain(`@${commits.first} `);
    expect(text('docs/on-call.md')).toContain(environment.portalUrl);
  });

  it('merges the new version into what the owners have made of it', async () => {
    const folder = service({
      'src/logger.ts': text => text.replace('\n\n', '\n\n// Mine.\n'),
      'src/quotes/shapes.ts': read(
        join(templates, 'templates/node-api/skeleton'),
        'src/quotes/schemas.ts',
      ).replace(/^\/\/ New schema.\n/, ''),
      'src/quotes/schemas.ts': null,
      'notes/own.md': 'Mine.\n',
    });
    const head = git(folder, 'rev-parse', 'HEAD');
    const { code, text } = await upgrade(folder);
    expect(text).toContain('Node.js API: 1.0.0 to 2.0.0');
    expect(text).toContain('- Prices know a region.');
    expect(text).toContain('region: "eu"');
    expect(text).toContain('Nothing is committed.');
    expect(code).toBe(0);
    expect(status(folder).split('\n').sort()).toEqual([
      ' D biome.json',
      ' M .github/workflows/ci.yml',
      ' M .nvmrc',
      ' M .waymark/scaffold.yaml',
      ' M catalog-info.yaml',
      ' M docs/adr/0001-golden-path.md',
      ' M docs/index.md',
      ' M src/logger.ts',
      ' M src/quotes/price.ts',
      ' M src/quotes/shapes.ts',
      '?? biome.json/rules.json',
      '?? tools/check',
    ]);
    const logger = read(folder, 'src/logger.ts');
    expect(logger).toMatch(
      /^\/\/ Quiet.\n[^]*\n\/\/ Mine.\n[^]*\n\/\/ New at the end.\n$/,
    );
    expect(read(folder, 'src/quotes/shapes.ts')).toMatch(/^\/\/ New schema.\n/);
    expect(read(folder, '.github/workflows/ci.yml')).toContain(commits.next);
    expect(statSync(join(folder, 'tools/check')).mode & 0o111).toBe(0o111);
    expect(parseScaffoldRecord(read(folder, SCAFFOLD_RECORD_PATH))).toEqual({
      ...record,
      template: {
        ...record.template,
        version: '2.0.0',
        commit: commits.next,
      },
      inputs: { ...record.inputs, region: 'eu' },
    });
    expect(git(folder, 'rev-parse', 'HEAD')).toBe(head);

    commitAll(folder, 'Upgrade');
    const again = await upgrade(folder);
    expect(again).toMatchObject({ code: 0 });
    expect(again.text).toContain('Nothing to do: node-api 2.0.0');
    expect(status(folder)).toBe('');
  });

  it('tells conflicts, in a dry run without writing, and keeps both sides', async () => {
    const folder = service({
      'src/quotes/price.ts': text => `// My price.\n${text}`,
      '.nvmrc': null,
      'biome.json': text => text.replace('{', '{\n  "own": true,'),
    });
    const dry = await upgrade(folder, '--dry-run', '--json');
    const told = JSON.parse(dry.text);
    expect(told).toMatchObject({
      dryRun: true,
      changed: true,
      from: { version: '1.0.0', commit: commits.first },
      to: { version: '2.0.0', commit: commits.next },
      newInputs: ['region'],
      conflicts: [
        { path: '.nvmrc', kind: 'kept' },
        { path: 'biome.json', kind: 'kept' },
        { path: 'biome.json/rules.json', kind: 'kept' },
        { path: 'src/quotes/price.ts', kind: 'both' },
      ],
    });
    expect(told.summary).toContain('## Decide');
    expect(dry.code).toBe(1);
    expect(status(folder)).toBe('');

    const { code, text } = await upgrade(folder, '--set', 'region=us');
    expect(code).toBe(1);
    expect(text).toContain('4 conflicts to decide');
    expect(read(folder, 'src/quotes/price.ts')).toMatch(
      /^<<<<<<< yours\n\/\/ My price.\n=======\n\/\/ New price.\n>>>>>>> golden-path-2.0.0\n/,
    );
    expect(existsSync(join(folder, '.nvmrc'))).toBe(false);
    expect(read(folder, 'biome.json')).toContain('"own": true');
    expect(
      parseScaffoldRecord(read(folder, SCAFFOLD_RECORD_PATH)).inputs.region,
    ).toBe('us');
  });

  it('writes over nothing that git does not know', async () => {
    const folder = service();
    edit(folder, { '.git/info/exclude': 'tools\n' });
    const outside = join(work, 'outside');
    mkdirSync(outside);
    symlinkSync(outside, join(folder, 'tools'));
    await expect(upgrade(folder)).rejects.toThrow(
      'tools is here and not known to git, and would be written over. Nothing has been written.',
    );
    expect(status(folder)).toBe('');
    expect(existsSync(join(outside, 'check'))).toBe(false);
  });

  it('takes the version as it was last where the commit is not known', async () => {
    const unknown = 'd'.repeat(40);
    const folder = join(service(), '..', 'monorepo/services/quotes');
    mkdirSync(folder, { recursive: true });
    writeTree(folder, made);
    edit(folder, {
      [SCAFFOLD_RECORD_PATH]: formatScaffoldRecord({
        ...record,
        template: { ...record.template, commit: unknown },
      }),
    });
    commitAll(join(folder, '../..'), 'Bring it here');
    const { code, notes } = await upgrade(
      folder,
      '--templates',
      `file://${templates}`,
    );
    expect(code).toBe(0);
    expect(notes).toContain(`does not have 1.0.0 at the recorded commit`);
    // What the last 1.0.0 had, and this repository never got, is no change of 2.0.0.
    expect(read(folder, 'src/logger.ts')).toMatch(/\n\/\/ New at the end.\n$/);
    expect(read(folder, 'src/logger.ts')).not.toContain('// Quiet.');
    expect(read(folder, '.nvmrc')).toBe('26\n');
  });
});

describe('waymark upgrade refuses', () => {
  it('a working tree with work that is in no commit', async () => {
    for (const path of ['README.md', 'new.txt']) {
      const folder = service();
      edit(folder, { [path]: 'mine\n' });
      await expect(upgrade(folder)).rejects.toThrow(
        new RegExp(`in no commit[^]*${path}[^]*git stash --include-untracked`),
      );
      expect(read(folder, path)).toBe('mine\n');
    }
  });

  it('versions that are not there or older', async () => {
    await expect(upgrade(service(), '--to', '3.0.0')).rejects.toThrow(
      'There is no version 3.0.0 of template:default/node-api; there are 2.0.0, 1.0.0.',
    );
    const newer = {
      ...record,
      template: { ...record.template, version: '9.0.0' },
    };
    const folder = service({
      [SCAFFOLD_RECORD_PATH]: formatScaffoldRecord(newer),
    });
    await expect(upgrade(folder)).rejects.toThrow('2.0.0 is older');
    await expect(upgrade(service(), '--to', '1.0.0')).resolves.toMatchObject({
      code: 0,
    });
  });

  it('what was not made from a golden path, or says so in no way to be read', async () => {
    const bare = join(work, 'bare');
    mkdirSync(bare);
    await expect(upgrade(bare)).rejects.toThrow('is in no Git repository');
    git(bare, 'init', '--quiet');
    await expect(upgrade(bare)).rejects.toThrow(
      'There is no .waymark/scaffold.yaml',
    );
    await expect(upgrade(join(work, 'nowhere'))).rejects.toThrow('no folder');
    mkdirSync(join(bare, '.waymark'));
    symlinkSync('/etc/passwd', join(bare, SCAFFOLD_RECORD_PATH));
    await expect(upgrade(bare)).rejects.toThrow('no file that could be');
    const bomb = service({
      [SCAFFOLD_RECORD_PATH]: 'a: &a [1]\nb: [*a, *a]\n',
    });
    await expect(upgrade(bomb)).rejects.toThrow('it must have no aliases');
    const other = service({
      [SCAFFOLD_RECORD_PATH]: text => text.replace('node-api', 'nothing'),
    });
    await expect(upgrade(other)).rejects.toThrow(
      'There is no golden path nothing in',
    );
    await expect(
      upgrade(service(), '--templates', `ext::touch ${work}/run`),
    ).rejects.toThrow('There is no folder ext::');
  });
});
