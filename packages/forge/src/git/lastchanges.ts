import { Commit } from './commit';
import { GitRepository } from './repository';

/** Commits looked through; a path that changed earlier has no answer. */
const MAX_COMMITS = 1000;

/**
 * For each path the newest commit that changed it, or something below it. One
 * walk for all of them, merges followed along their first parent.
 */
export async function lastChanges(
  git: GitRepository,
  sha: string,
  paths: string[],
): Promise<(Commit | undefined)[]> {
  const { stdout } = await git.run([
    'log',
    '--first-parent',
    '-m',
    `--max-count=${MAX_COMMITS}`,
    '--format=%x00%H',
    '--name-only',
    '--no-renames',
    '-z',
    sha,
    '--',
    ...paths.map(path => `:(literal)${path}`),
  ]);
  const found = new Map<string, string>();
  const wanted = new Set(paths);
  // Each commit is an empty field, its id, and then the names it changed.
  let current = '';
  let expectId = false;
  for (const field of stdout.toString('utf8').split('\0')) {
    const text = field.replace(/^\n/, '');
    if (text === '') {
      expectId = true;
    } else if (expectId && /^[0-9a-f]{40}$/.test(text)) {
      current = text;
      expectId = false;
    } else {
      expectId = false;
      for (const path of parentsOf(text)) {
        if (wanted.has(path) && !found.has(path)) {
          found.set(path, current);
        }
      }
    }
    if (found.size === wanted.size) {
      break;
    }
  }
  const commits = await git.commits([...new Set(found.values())]);
  return paths.map(path =>
    commits.find(commit => commit.sha === found.get(path)),
  );
}

/** A path and every folder it lies in. */
function parentsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
