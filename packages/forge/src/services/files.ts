import { Account } from '../accounts';
import { Context } from '../context';
import { ApiError } from '../errors';
import { Commit } from '../git/commit';
import { writeBlob, writeCommit, writeTree, TreeEdit } from '../git/objects';
import { ZERO_SHA } from '../git/repository';
import { RepositoryRecord } from '../store/records';
import { signatureOf } from './initial';
import { inTurn, moveRef } from './refs';

/** An author as a caller names one. */
export interface Person {
  name: string;
  email: string;
  date?: string;
}

/** The new text of a file, or null to remove it. */
export interface FileEdit {
  path: string;
  content: Buffer | null;
}

/** One commit on a branch. */
export interface FilesChange {
  repository: RepositoryRecord;
  actor: Account;
  branch: string;
  message: string;
  author?: Person;
  committer?: Person;
  /** Head the caller saw; another one is a conflict. */
  expectedHead?: string;
  /** Called with the branch as it stands. */
  edits(head: string | undefined): Promise<FileEdit[]>;
}

/**
 * Commits files to a branch; an empty repository gets the branch.
 *
 * @throws ApiError 404 for an unknown branch, 409 when the branch moved, 422
 * when branch protection forbids it
 */
export async function changeFiles(
  context: Context,
  change: FilesChange,
): Promise<Commit> {
  const { repository, actor, branch } = change;
  const git = context.git(repository);
  const ref = `refs/heads/${branch}`;
  return inTurn(context, repository, async () => {
    const head = await git.ref(ref);
    if (!head && (await git.refs('refs/heads/')).length > 0) {
      throw new ApiError(404, `Branch ${branch} not found`);
    }
    if (change.expectedHead && change.expectedHead !== head) {
      throw new ApiError(
        409,
        `Expected branch to point to "${change.expectedHead}" but it did not. Pull and try again. (expectedHeadOid)`,
      );
    }
    const edits: TreeEdit[] = [];
    for (const { path, content } of await change.edits(head)) {
      const known = head ? await fileMode(context, repository, head, path) : '';
      edits.push({
        path,
        mode: known || '100644',
        sha: content === null ? null : await writeBlob(git, content),
      });
    }
    const tree = await writeTree(git, head, edits);
    const who = signatureOf(actor);
    const sha = await writeCommit(git, {
      tree,
      parents: head ? [head] : [],
      author: { ...who, ...change.author },
      committer: { ...who, ...change.committer },
      message: change.message,
    });
    await moveRef(context, {
      repository,
      actor,
      ref,
      before: head ?? ZERO_SHA,
      after: sha,
    });
    const commit = await git.commit(sha);
    if (!commit) {
      throw new ApiError(500, 'The commit was lost');
    }
    return commit;
  });
}

/** Mode of a file now, so that an edit keeps it executable. */
async function fileMode(
  context: Context,
  repository: RepositoryRecord,
  head: string,
  path: string,
): Promise<string> {
  const output = await context
    .git(repository)
    .text(['ls-tree', '-z', '--full-tree', head, '--', `:(literal)${path}`]);
  const [mode, type] = output.split(/[ \t]/);
  return type === 'blob' ? mode : '';
}
