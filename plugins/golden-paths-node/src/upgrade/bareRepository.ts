import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Git, gitAt } from './runGit';

const SETTINGS: [name: string, value: string][] = [
  ['core.attributesFile', '/dev/null'],
  ['core.autocrlf', 'false'],
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['gc.auto', '0'],
  ['merge.conflictStyle', 'merge'],
  ['merge.directoryRenames', 'conflict'],
  ['merge.renameLimit', '3000'],
  ['merge.renames', 'true'],
  ['protocol.allow', 'never'],
];

/**
 * Runs work with an empty bare repository, which knows no configuration, hooks
 * or attributes but ours and is gone afterwards.
 */
export async function withBareRepository<T>(
  work: (git: Git) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'waymark-upgrade-'));
  try {
    const env = environment(folder);
    const git = gitAt({ cwd: folder, env, seconds: 120 });
    // With no template, hooks and attributes of the machine's git stay out.
    const options = ['--template=', '--object-format=sha1'];
    await git(['init', '--quiet', '--bare', ...options]);
    return await work(git);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function environment(folder: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    GIT_DIR: folder,
    HOME: folder,
    XDG_CONFIG_HOME: folder,
    LC_ALL: 'C',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_COUNT: String(SETTINGS.length),
  };
  SETTINGS.forEach(([name, value], index) => {
    env[`GIT_CONFIG_KEY_${index}`] = name;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return env;
}
