import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { templatesCommand } from './command';

const root = resolve(__dirname, '../../../..');
const source = join(root, 'templates/node-api');
let templates: string;

beforeEach(() => {
  templates = mkdtempSync(join(tmpdir(), 'waymark-together-'));
  cpSync(join(root, 'templates/_parts'), join(templates, '_parts'), {
    recursive: true,
  });
});
afterEach(() => rmSync(templates, { recursive: true, force: true }));

function add(name: string, lifecycle: string) {
  mkdirSync(join(templates, name, 'tests'), { recursive: true });
  const file = 'template.yaml';
  const text = readFileSync(join(source, file), 'utf8');
  writeFileSync(
    join(templates, name, file),
    text.replace(/lifecycle: \w+/, `lifecycle: ${lifecycle}`),
  );
  const matrix = 'tests/matrix.yaml';
  cpSync(join(source, matrix), join(templates, name, matrix));
}

function list(names: readonly string[]) {
  const targets = names.map(name => `    - ./${name}/template.yaml\n`).join('');
  const text = `kind: Location\nspec:\n  targets:\n${targets}`;
  writeFileSync(join(templates, 'all.yaml'), text);
}

async function run(item: string) {
  let text = '';
  const code = await templatesCommand(
    ['test', item, '--templates', templates],
    { root, out: part => (text += part), progress: () => {} },
  );
  return { code, text };
}

const eight = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

it('takes eight active golden paths and any number that end', async () => {
  for (const name of eight) add(name, 'active');
  add('old', 'deprecated');
  list([...eight, 'old']);

  await expect(run('golden-paths')).resolves.toMatchObject({ code: 0 });
});

it('refuses the ninth, names all and says what to do', async () => {
  for (const name of [...eight, 'i']) add(name, 'active');
  list([...eight, 'i']);

  const { code, text } = await run('golden-paths');

  expect(code).toBe(1);
  expect(text).toMatch(
    /templates\/all\.yaml:12: 9 golden paths are active, and there is room for 8: a, b, c, d, e, f, g, h, i\. End one before another begins: .*waymark\.dev\/lifecycle/,
  );
});

it('finds what the list names too much, twice and not', async () => {
  add('a', 'active');
  add('b', 'active');
  list(['a', 'gone', 'a']);

  const { code, text } = await run('golden-paths');

  expect(code).toBe(1);
  expect(text).toContain('templates/all.yaml:5: there is no templates/gone');
  expect(text).toContain('templates/all.yaml:6: a is named twice');
  expect(text).toContain('templates/all.yaml:6: does not name b');
});

it.each([
  [
    'a part that brings in another',
    () => {
      const part = join(templates, '_parts/output.yaml');
      writeFileSync(part, 'links:\n  - $yaml: ./slo-target.yaml\n');
    },
    /\.\.\/_parts\/output\.yaml:2: \$yaml is not resolved in a file that was brought in/,
  ],
  [
    'a part that is not there',
    () => rmSync(join(templates, '_parts/output.yaml')),
    /template\.yaml:\d+: \$yaml: there is no \.\.\/_parts\/output\.yaml/,
  ],
  [
    'a part with something beside it',
    () => {
      const file = join(templates, 'a/template.yaml');
      const text = readFileSync(file, 'utf8');
      writeFileSync(
        file,
        text.replace(/( +)(\$yaml:.*output.*)/, '$1$2\n$1links: []'),
      );
    },
    /template\.yaml:\d+: \$yaml is resolved only where it stands alone/,
  ],
  [
    'a part that is not YAML',
    () => writeFileSync(join(templates, '_parts/output.yaml'), 'a: 1\na: 2\n'),
    /\.\.\/_parts\/output\.yaml:2: Map keys must be unique/,
  ],
])('names file and line of %s', async (_, spoil, expected) => {
  add('a', 'active');
  spoil();

  const { code, text } = await run('a');

  expect(code).toBe(1);
  expect(text).toMatch(expected);
});
