import {
  ANNOTATION_VERSION,
  compareVersions,
  versionSchema,
} from '@waymark/backstage-plugin-golden-paths-common';
import { parse } from 'yaml';
import { Git } from './runGit';

/** A version of a template, and the last commit at which it was current. */
export interface HistoricVersion {
  version: string;
  commit: string;
}

/**
 * Every version that a template's file has had, the newest first; one that came
 * twice as it was last.
 *
 * @param head - where the history is read from
 */
export async function versionsOf(
  git: Git,
  head: string,
  file: string,
): Promise<HistoricVersion[]> {
  const log = await lineOf(git, [
    'log',
    '--first-parent',
    '--format=%H',
    head,
    '--',
    `:(top,literal)${file}`,
  ]);
  const versions: HistoricVersion[] = [];
  let last: string | undefined = head;
  for (const commit of log.split('\n').filter(Boolean)) {
    const version = await versionIn(git, commit, file);
    if (last && version !== undefined && version !== versions.at(-1)?.version) {
      versions.push({ version, commit: last });
    }
    last = await parentOf(git, commit);
  }
  return versions
    .filter(
      ({ version }, index) =>
        versions.findIndex(other => other.version === version) === index,
    )
    .sort((one, other) => compareVersions(other.version, one.version));
}

/** The version that a template's file has at a commit; undefined without one. */
export async function versionIn(
  git: Git,
  commit: string,
  file: string,
): Promise<string | undefined> {
  const { stdout } = await git(['cat-file', '--batch'], {
    input: [Buffer.from(`${commit}:${file}\n`)],
  });
  const end = stdout.indexOf(10);
  const [, type, size] = stdout.toString('latin1', 0, end).split(' ');
  if (type !== 'blob') return undefined;
  try {
    const text = stdout.toString('utf8', end + 1, end + 1 + Number(size));
    const version = parse(text)?.metadata?.annotations?.[ANNOTATION_VERSION];
    return versionSchema.safeParse(version).data;
  } catch {
    // A commit at which the template could not be read had no version.
    return undefined;
  }
}

/** None: the first commit, or the first that a shallow clone has. */
async function parentOf(git: Git, commit: string): Promise<string | undefined> {
  const { code, stdout } = await git(
    ['rev-parse', '--verify', '--quiet', `${commit}^1`],
    { okCodes: [0, 1, 128] },
  );
  return code === 0 ? stdout.toString('utf8').trim() : undefined;
}

async function lineOf(git: Git, args: string[]): Promise<string> {
  const { stdout } = await git(args);
  return stdout.toString('utf8').replace(/\n$/, '');
}
