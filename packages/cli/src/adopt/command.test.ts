import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  parseScaffoldRecord,
  SCAFFOLD_RECORD_PATH,
} from '@waymark/backstage-plugin-golden-paths-common';
import { Tree } from '@waymark/backstage-plugin-golden-paths-node';
import { withEngine } from '../templates/engine';
import {
  commitAll,
  edit,
  git,
  writeGoldenPath,
  writeTree,
} from '../upgrade/__testUtils__/repositories';
import { upgradeCommand } from '../upgrade/command';
import { readVersion, renderVersion } from '../upgrade/renderVersion';
import { adoptCommand } from './command';

jest.setTimeout(300_000);

const root = resolve(__dirname, '../../../..');
const work = mkdtempSync(join(tmpdir(), 'waymark-adopt-test-'));
const templates = join(work, 'platform');
const environment = {
  gitHost: 'git.tidewater.example',
  gitOwner: 'tidewater',
  gitUrl: 'https://git.tidewater.example',
  portalUrl: 'https://portal.tidewater.example',
};
const inputs = {
  name: 'quotes',
  description: 'Prices a delivery.',
  owner: 'group:default/checkout',
  replicas: 4,
  memory: '512Mi',
  exposure: 'internal',
  database: false,
  tier: 'low',
};
let commits: ReturnType<typeof writeGoldenPath>;
let made: Tree;
let count = 0;

/** As version 1.0.0 made it, without any word of that, and edited. */
function service(edits: Parameters<typeof edit>[1] = {}): string {
  count += 1;
  const folder = join(work, `service-${count}`);
  mkdirSync(folder);
  writeTree(folder, made);
  edit(folder, {
    [SCAFFOLD_RECORD_PATH]: null,
    'catalog-info.yaml': text =>
      text
        .replace(
          / +(backstage.io\/template-version|waymark.dev\/template):.*\n/g,
          '',
        )
        .replace(/ +scaffoldedFrom:.*\n/g, ''),
    'README.md': text => `${text}\nOwn words.\n`,
    'src/own.ts': 'export const own = 1;\n',
    ...edits,
  });
  commitAll(folder, 'By hand');
  git(
    folder,
    'remote',
    'add',
    'origin',
    'git@git.tidewater.example:tidewater/quotes.git',
  );
  return folder;
}

async function adopt(
  args: string[],
  ask?: (question: string) => Promise<string>,
) {
  const out: string[] = [];
  const code = await adoptCommand([...args, '--templates', templates], {
    root,
    out: text => out.push(text),
    progress: () => undefined,
    ask,
  });
  return { code, text: out.join('') };
}

const read = (folder: string, path: string) =>
  readFileSync(join(folder, path), 'utf8');
const status = (folder: string) =>
  git(folder, 'status', '--porcelain', '-uall');

beforeAll(async () => {
  mkdirSync(templates);
  commits = writeGoldenPath(root, templates);
  git(templates, 'checkout', '--quiet', commits.first);
  const version = readVersion(join(templates, 'templates/node-api'), '1.0.0');
  made = await withEngine(engine =>
    renderVersion(engine, version, {
      template: { commit: commits.first },
      inputs,
      environment,
    }),
  );
  git(templates, 'checkout', '--quiet', commits.next);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('waymark adopt', () => {
  it('writes what an upgrade goes by, once agreed to', async () => {
    const folder = service();
    const dry = await adopt([folder, '--dry-run']);
    expect(dry.code).toBe(0);
    expect(dry.text).toContain('Node.js API 1.0.0: almost certainly');
    expect(dry.text).toContain('replicas: 4  (it stands in chart/');
    expect(dry.text).toContain(
      'memory: "512Mi"  (the files are nearest to it)',
    );
    expect(status(folder)).toBe('');

    const asked: string[] = [];
    const no = await adopt([folder], async question => {
      asked.push(question);
      return '';
    });
    expect(no.code).toBe(1);
    expect(asked).toEqual([
      'Write that it was made from template:default/node-api 1.0.0? [y/N] ',
    ]);
    expect(status(folder)).toBe('');

    expect(await adopt([folder], async () => 'y')).toMatchObject({ code: 0 });
    expect(status(folder).split('\n')).toEqual([
      ' M catalog-info.yaml',
      `?? ${SCAFFOLD_RECORD_PATH}`,
    ]);
    expect(parseScaffoldRecord(read(folder, SCAFFOLD_RECORD_PATH))).toEqual({
      apiVersion: 'waymark.dev/v1',
      kind: 'Scaffold',
      template: {
        ref: 'template:default/node-api',
        version: '1.0.0',
        commit: commits.first,
      },
      inputs,
      environment,
    });
    const added = git(folder, 'diff', '-U0', '--', 'catalog-info.yaml')
      .split('\n')
      .filter(line => /^[+-] /.test(line));
    expect(added).toEqual([
      '+    backstage.io/template-version: 1.0.0',
      '+    waymark.dev/template: template:default/node-api',
      '+    waymark.dev/origin: adopted',
      '+  scaffoldedFrom: template:default/node-api',
    ]);

    commitAll(folder, 'Adopt');
    await expect(adopt([folder])).rejects.toThrow('is on a golden path');
    const code = await upgradeCommand([folder, '--templates', templates], {
      root,
      out: () => undefined,
      progress: () => undefined,
    });
    expect(code).toBe(0);
    expect(read(folder, 'src/quotes/price.ts')).toMatch(/^\/\/ New price.\n/);
    expect(read(folder, 'README.md')).toContain('Own words.');
    expect(read(folder, 'catalog-info.yaml')).toContain('origin: adopted');
  });

  it('asks what the files do not tell, and takes answers', async () => {
    const folder = service({
      'catalog-info.yaml': null,
      'README.md': '# Quotes\n',
      'docs/index.md': null,
      'package.json': null,
      'chart/Chart.yaml': null,
      'api/openapi.yaml': null,
      '.github/CODEOWNERS': null,
      'mkdocs.yml': null,
      'chart/values.yaml': null,
      'slo/slo.yaml': null,
      'slo/sloth.yaml': null,
      'docs/runbook.md': null,
      'docs/on-call.md': null,
    });
    await expect(adopt([folder, '--yes'])).rejects.toThrow(
      /The files do not tell .*owner \(Owner\).*--set NAME=VALUE/,
    );
    const { code, text } = await adopt([
      folder,
      '--json',
      '--yes',
      '--set',
      'owner=group:default/delivery',
      '--set',
      'description=Prices.',
    ]);
    expect(code).toBe(0);
    const told = JSON.parse(text);
    expect(told.adoption).toMatchObject({
      written: true,
      record: {
        inputs: { name: 'quotes', owner: 'group:default/delivery' },
      },
    });
    expect(existsSync(join(folder, 'catalog-info.yaml'))).toBe(false);
  });

  it('leaves alone what looks like no golden path', async () => {
    const folder = join(work, 'own');
    mkdirSync(folder);
    edit(folder, { 'README.md': '# Own\n', 'main.go': 'package main\n' });
    commitAll(folder, 'By hand');
    const { code, text } = await adopt([folder, '--yes']);
    expect(code).toBe(1);
    expect(text).toContain('It looks like no golden path.');
    expect(status(folder)).toBe('');
    await expect(adopt([folder, '--template', 'nothing'])).rejects.toThrow(
      'There is no golden path nothing',
    );
    edit(folder, { 'README.md': '# Later\n' });
    await expect(adopt([folder])).rejects.toThrow('in no commit');
  });
});
