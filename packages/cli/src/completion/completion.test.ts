import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKOUT_COMMANDS } from '../commands/inCheckout';
import { bashScript } from './bash';
import { fishScript } from './fish';
import { placesOf } from './tree';
import { zshScript } from './zsh';

const places = placesOf(CHECKOUT_COMMANDS.map(one => one.definition));
const folder = mkdtempSync(join(tmpdir(), 'waymark-completion-'));
mkdirSync(join(folder, 'payments'));
writeFileSync(join(folder, 'plan.yaml'), '');
afterAll(() => rmSync(folder, { recursive: true }));

const scripts = {
  bash: bashScript(places),
  zsh: zshScript(places),
  fish: fishScript(places),
};
const files = Object.fromEntries(
  Object.entries(scripts).map(([shell, script]) => {
    const file = join(folder, `waymark.${shell}`);
    writeFileSync(file, script);
    return [shell, file];
  }),
);

/** What the shell offers after these words. */
const SHELLS: Record<string, (...words: string[]) => string[]> = {
  bash: (...words) =>
    run(
      'bash',
      '-c',
      `source "$1"; shift; COMP_WORDS=(waymark "$@"); COMP_CWORD=$#; _waymark; printf '%s\\n' "\${COMPREPLY[@]}"`,
      'bash',
      files.bash,
      ...words,
    ),
  fish: (...words) =>
    run(
      'fish',
      '--no-config',
      '-c',
      `source ${files.fish}; complete -C ${JSON.stringify(
        ['waymark', ...words].join(' '),
      )}`,
    ).map(line => line.split('\t')[0]),
};

function run(program: string, ...args: string[]): string[] {
  return execFileSync(program, args, { cwd: folder, encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);
}

const isInstalled = (shell: string) => !spawnSync(shell, ['-c', 'true']).error;

describe.each(Object.keys(SHELLS).filter(isInstalled))('%s', shell => {
  const offered = SHELLS[shell];

  it('offers commands, options, their values and files', () => {
    expect(offered('sc')).toEqual(['scaffold']);
    expect(offered('scaffold', '').sort()).toEqual(
      expect.arrayContaining(['new', 'watch']),
    );
    expect(offered('scaffold', 'new', '--dry')).toEqual(['--dry-run']);
    expect(offered('dora', 'show', '--interval', '').sort()).toEqual([
      'day',
      'month',
      'week',
    ]);
    expect(offered('completion', 'z')).toEqual(['zsh']);
    expect(offered('scaffold', 'new', '--values', 'pl')).toEqual(['plan.yaml']);
    expect(offered('open', 'pay').map(one => one.replace(/\/$/, ''))).toEqual([
      'payments',
    ]);
    expect(offered('scaffold', 'new', '--name', 'pl')).toEqual([]);
  });
});

it.each(Object.keys(files).filter(isInstalled))(
  '%s reads its script without complaint',
  shell => {
    expect(run(shell, '-n', files[shell])).toEqual([]);
  },
);

it('zsh and fish are told what each command does', () => {
  for (const shell of ['zsh', 'fish'] as const) {
    expect(scripts[shell]).toContain('Signs in to a portal, in the browser.');
  }
});
