import { Git, gitAt } from '@waymark/backstage-plugin-golden-paths-node';

/** A clone of a large repository over a slow line takes its time. */
const MOST_SECONDS = 600;

/**
 * git in somebody's own repository, with their configuration and credentials,
 * but without hooks, and without what a hook that called us would tell it.
 */
export function gitIn(cwd: string, more: NodeJS.ProcessEnv = {}): Git {
  const own = Object.entries(process.env).filter(
    ([name]) =>
      !/^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|COMMON_DIR|PREFIX|NAMESPACE|ALTERNATE_OBJECT_DIRECTORIES)$/.test(
        name,
      ),
  );
  const git = gitAt({
    cwd,
    seconds: MOST_SECONDS,
    env: {
      ...Object.fromEntries(own),
      GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh',
      GIT_OPTIONAL_LOCKS: '0',
      LC_ALL: 'C',
      ...more,
    },
  });
  const safe = ['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false'];
  return (args, options) => git([...safe, ...args], options);
}

/** What a command says, without the line's end. */
export async function gitLine(git: Git, args: string[]): Promise<string> {
  const { stdout } = await git(args);
  return stdout.toString('utf8').replace(/\n$/, '');
}
