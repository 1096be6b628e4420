import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { templatesCommand } from './command';

const root = resolve(__dirname, '../../../..');
let templates: string;

beforeAll(() => {
  templates = mkdtempSync(join(tmpdir(), 'waymark-templates-'));
  cpSync(join(root, 'templates/node-api'), join(templates, 'broken-api'), {
    recursive: true,
  });
  rmSync(join(templates, 'broken-api/tests/toolchain.yaml'));
  const edit = (file: string, from: RegExp, to: string) => {
    const path = join(templates, 'broken-api', file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  };
  edit('skeleton/.github/workflows/ci.yml', /(checkout)@\S+ # \S+/, '$1@v6');
  edit('skeleton/chart/env/staging.yaml', /$/, 'name: ${{ values.name }}\n');
  edit('tests/matrix.yaml', /(?<=system: .*\n)[^]*/, '');
});

afterAll(() => rmSync(templates, { recursive: true, force: true }));

it('names file and line of every mistake in a broken golden path', async () => {
  let text = '';
  const code = await templatesCommand(
    ['test', '--templates', templates, '--junit', join(templates, 'j.xml')],
    { root, out: part => (text += part), progress: () => {} },
  );

  const pin = '.github/workflows/ci.yml:25: actions/checkout@v6 is not pinned';
  expect(text).toContain(pin);
  expect(text).toMatch(/chart\/env\/staging\.yaml:4: \$\{\{ is left/);
  expect(readFileSync(join(templates, 'j.xml'), 'utf8')).toContain(pin);
  expect(code).toBe(1);
}, 120_000);

it('cannot test a golden path that is not there', async () => {
  await expect(
    templatesCommand(['test', 'nothing'], {
      root,
      out: () => {},
      progress: () => {},
    }),
  ).rejects.toThrow('There is no golden path nothing');
});
