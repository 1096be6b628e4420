import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openToolboxBuilding, unbuiltGoTools } from './toolbox';

const PATH = process.env.PATH;
/** A `go` that builds a module once its gate is opened, or says what is wrong. */
const GO = `#!/bin/sh
read -r word < "$GATES/$(basename "$PWD")"
case $word in
  open) ;;
  *) echo "cannot find module: $word" >&2; exit 1 ;;
esac
while [ "$1" != -o ]; do shift; done
folder=$2
shift 2
for package; do
  printf '#!/bin/sh\\n' > "$folder$(basename "$package")"
  chmod +x "$folder$(basename "$package")"
done
`;

describe('a toolbox whose tools are being built', () => {
  let root: string;
  let said: string[];
  const say = (text: string) => said.push(text);
  const atOnce = (work: () => Promise<void>) => work();
  const gate = (module: string) => join(root, 'gates', module);
  const open = (module: string, word = 'open') =>
    writeFile(gate(module), `${word}\n`);

  beforeEach(() => {
    said = [];
    root = mkdtempSync(join(tmpdir(), 'waymark-toolbox-'));
    const bin = join(root, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'go'), GO);
    chmodSync(join(bin, 'go'), 0o755);
    mkdirSync(join(root, 'gates'));
    for (const [module, program] of [
      ['first', 'one'],
      ['second', 'two'],
    ]) {
      const folder = join(root, 'tools', module);
      mkdirSync(folder, { recursive: true });
      writeFileSync(
        join(folder, 'go.mod'),
        `module ${module}\n\ngo 1.26.0\n\ntool tools.test/cmd/${program}\n`,
      );
      writeFileSync(join(folder, 'go.sum'), '');
      execFileSync('mkfifo', [gate(module)]);
    }
    process.env.PATH = `${bin}:${PATH}`;
    process.env.GATES = join(root, 'gates');
  });

  afterEach(() => {
    process.env.PATH = PATH;
    delete process.env.GATES;
    rmSync(root, { recursive: true });
  });

  it('is waited for by what needs one, and most wanted comes first', async () => {
    const { toolbox, built } = openToolboxBuilding(
      root,
      ['one', 'two', 'two', 'sh'],
      atOnce,
      say,
    );
    await toolbox.ready(['sh']);
    expect(toolbox.find('sh')).toBeDefined();
    expect(unbuiltGoTools(root, ['one', 'two', 'sh'])).toEqual(['one', 'two']);

    await open('second');
    await toolbox.ready(['two']);
    expect(toolbox.find('two')).toMatch(/\.waymark\/tools\/second-.*\/two$/);
    expect(toolbox.find('one')).toBeUndefined();

    await open('first');
    await toolbox.ready(['one', 'two']);
    expect(toolbox.find('one')).toBeDefined();
    expect(unbuiltGoTools(root, ['one', 'two'])).toEqual([]);
    await expect(built).resolves.toEqual([]);
  });

  it('names what cannot be built, and builds the rest', async () => {
    const { toolbox, built } = openToolboxBuilding(
      root,
      ['one', 'two'],
      atOnce,
      say,
    );
    await open('first', 'tools.test');
    await toolbox.ready(['one']);
    expect(toolbox.find('one')).toBeUndefined();
    expect(said).toContainEqual(
      expect.stringMatching(/^could not build one \(\d+ s\)$/),
    );

    await open('second');
    await toolbox.ready(['two']);
    expect(toolbox.find('two')).toBeDefined();
    await expect(built).resolves.toEqual([
      'one: cannot find module: tools.test',
    ]);
  });
});
