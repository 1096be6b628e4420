import { spawnSync } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pack } from './pack';

const root = resolve(__dirname, '../../../..');
const folder = mkdtempSync(join(tmpdir(), 'waymark-packed-'));
const file = join(folder, 'waymark');

beforeAll(async () => {
  await pack(root, file, '1.2.3');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** In an empty folder, with an empty environment. */
function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(file, args, {
    cwd: folder,
    env: { PATH: dirname(process.execPath), HOME: folder, TMPDIR: folder },
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
}

describe('the packed file', () => {
  it('runs without the checkout', () => {
    expect(run('--version')).toEqual({
      code: 0,
      out: 'waymark 1.2.3\n',
      err: '',
    });
    expect(run('help')).toMatchObject({ code: 0, err: '' });
    expect(run()).toMatchObject({ code: 2, err: '' });
    expect(run('scaffold', 'new', '--help').out).toContain('--template NAME');
    expect(run('completion', 'bash').out).toContain('complete -F _waymark');
    expect(statSync(file).size).toBeLessThan(4_000_000);
  });

  it('says which commands need it', () => {
    for (const name of ['start', 'dev', 'policies', 'upgrade', 'adopt']) {
      const { code, err } = run(name, 'check');
      expect({ name, code }).toEqual({ name, code: 2 });
      expect(err).toContain(`there it is ./waymark ${name}.`);
    }
  });

  it('asks the rules, which it brings along, and leaves nothing behind', () => {
    writeFileSync(
      join(folder, 'catalog-info.yaml'),
      `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: basket, description: Keeps what is bought }
spec: { type: service, lifecycle: production, owner: checkout }
`,
    );
    const { code, out, err } = run('compliance', 'check', '--json');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(JSON.parse(out).components).toMatchObject([
      {
        entityRef: 'component:default/basket',
        failed: expect.arrayContaining(['pipeline', 'runbook']),
      },
    ]);
    rmSync(join(folder, 'catalog-info.yaml'));
    expect(readdirSync(folder)).toEqual(['waymark']);
  });

  it.each([
    [['login', '--prot', '1'], "Unknown option '--prot'"],
    [['dora', 'show', '--interval', 'year'], 'one of day, week, month, not'],
    [['scaffold', 'new', 'payments'], 'names go by --template and --name'],
    [['scaffold', 'watch'], 'Which task?'],
  ])('%j could not run, in words', (args, words) => {
    const { code, out, err } = run(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(words);
  });

  it('says what is wrong where no portal is', () => {
    expect(run('whoami')).toEqual({
      code: 2,
      out: '',
      err: '\nWhich portal? Sign in with waymark login URL, or name it by --portal URL or WAYMARK_URL.\n',
    });
    expect(run('login', 'http://localhost:59123').err).toContain(
      'Nothing listens at localhost:59123.',
    );
    expect(run('login', 'https://portal.invalid').err).toContain(
      'The name portal.invalid is not known here.',
    );
    expect(run('open', '--portal', 'https://p.example').err).toContain(
      'There is no catalog-info.yaml here or above',
    );
    expect(
      run('open', 'basket', '--print', '--portal', 'https://p.example').out,
    ).toBe('https://p.example/catalog/default/component/basket\n');
  });
});
