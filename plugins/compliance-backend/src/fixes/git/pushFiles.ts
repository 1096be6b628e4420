import { ConflictError } from '@backstage/errors';
import { GithubClient } from '@waymark/repositories';
import { z } from 'zod';
import { Modes } from './safePaths';

const refSchema = z.object({ object: z.object({ sha: z.string() }) });
const shaSchema = z.object({ sha: z.string() });
const commitSchema = z.object({
  tree: z.object({ sha: z.string() }),
  parents: z.array(z.object({ sha: z.string() })),
});

/** A commit to be made. */
export interface Push {
  branch: string;
  /** The commit that the files come from. */
  base: string;
  files: ReadonlyMap<string, string>;
  modes: Modes;
  message: string;
}

/**
 * One commit with these texts on a branch, by the REST API alone.
 *
 * @param before - commit that the branch is at
 * @returns false where somebody moved the branch meanwhile
 */
export async function pushFiles(
  client: GithubClient,
  { branch, base, files, modes, message }: Push,
  before: string | undefined,
): Promise<boolean> {
  const parent = await client.find(commitSchema, `/git/commits/${base}`);
  if (!parent) throw new ConflictError('The default branch has no commit.');
  const tree = await client.write(shaSchema, 'POST', '/git/trees', {
    base_tree: parent.tree.sha,
    tree: [...files].map(([path, content]) => ({
      path,
      mode: modes.get(path) ?? '100644',
      type: 'blob',
      content,
    })),
  });
  if (!tree) return false;
  if (before) {
    const now = await client.find(commitSchema, `/git/commits/${before}`);
    const isSame = now?.tree.sha === tree.sha && now.parents[0]?.sha === base;
    if (isSame) return true;
  }
  const commit = await client.write(shaSchema, 'POST', '/git/commits', {
    message,
    tree: tree.sha,
    parents: [base],
  });
  if (!commit) return false;
  const { sha } = commit;
  const ref = before
    ? await client.write(refSchema, 'PATCH', `/git/refs/heads/${branch}`, {
        sha,
        force: true,
      })
    : await client.write(refSchema, 'POST', '/git/refs', {
        ref: `refs/heads/${branch}`,
        sha,
      });
  return ref !== undefined;
}
