import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Git, gitAt } from './runGit';

const SETTINGS: [name: string, value: string][] = [
  ['core.attributesFile', '/dev/null'],
  ['core.autocrlf', 'false'],
  // It is gone before the machine could be.
  ['core.fsync', 'none'],
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  // One file, and not one for each object.
  ['fastimport.unpackLimit', '1'],
  ['fetch.unpackLimit', '1'],
  ['gc.auto', '0'],
  ['merge.conflictStyle', 'merge'],
  ['merge.directoryRenames', 'conflict'],
  ['merge.renameLimit', '3000'],
  ['merge.renames', 'true'],
  ['protocol.allow', 'never'],
];

/** A repository that is fetched from and pushed to. */
export interface Remote {
  /** Over HTTP, without a name or password in it. */
  url: string;
  /** Value of the header, where one is needed. */
  authorization?: string;
}

/**
 * Runs work with an empty bare repository in a folder, which knows no configuration, hooks
 * or attributes but ours and is gone afterwards.
 *
 * @param remote - the only one that it may reach; none unless given
 */
export async function withBareRepository<T>(
  work: (git: Git, folder: string) => Promise<T>,
  remote?: Remote,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'waymark-upgrade-'));
  try {
    const env = environment(folder, remote ? reaching(remote) : []);
    const git = gitAt({ cwd: folder, env, seconds: 120 });
    await makeRepository(folder);
    return await work(git, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * All that a repository consists of: see gitrepository-layout(5). `git init` would
 * put the machine's hooks and attributes in, and is another process to be started.
 */
async function makeRepository(folder: string) {
  await Promise.all(['objects', 'refs'].map(name => mkdir(join(folder, name))));
  await writeFile(
    join(folder, 'config'),
    '[core]\n\trepositoryformatversion = 0\n\tbare = true\n',
  );
  await writeFile(join(folder, 'HEAD'), 'ref: refs/heads/main\n');
}

/** In the environment, where other users of the machine do not see it. */
function reaching({ url, authorization }: Remote): [string, string][] {
  const { protocol } = new URL(url);
  return [
    [`protocol.${protocol.replace(':', '')}.allow`, 'always'],
    ['http.followRedirects', 'false'],
    ['credential.helper', ''],
    ...(authorization
      ? [
          [`http.${url}.extraHeader`, `Authorization: ${authorization}`] as [
            string,
            string,
          ],
        ]
      : []),
  ];
}

function environment(
  folder: string,
  more: readonly [string, string][],
): NodeJS.ProcessEnv {
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
    GIT_CONFIG_COUNT: String(SETTINGS.length + more.length),
  };
  [...SETTINGS, ...more].forEach(([name, value], index) => {
    env[`GIT_CONFIG_KEY_${index}`] = name;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return env;
}
