import { Account } from '../accounts';
import { Context, now } from '../context';
import { Signature } from '../git/commit';
import { writeBlob, writeCommit, writeTree } from '../git/objects';
import { ZERO_SHA } from '../git/repository';
import { RepositoryRecord } from '../store/records';
import { inTurn, moveRef } from './refs';

/** An account as the author of what it does now. */
export function signatureOf(account: Account): Signature {
  return {
    name: account.name ?? account.login,
    email: account.email ?? `${account.login}@users.noreply.localhost`,
    date: now(),
  };
}

/** The commit GitHub makes for `auto_init`: a README. */
export async function initialCommit(
  context: Context,
  repository: RepositoryRecord,
  actor: Account,
): Promise<void> {
  const git = context.git(repository);
  const text = `# ${repository.name}\n${
    repository.description ? `${repository.description}\n` : ''
  }`;
  const sha = await writeBlob(git, Buffer.from(text));
  const tree = await writeTree(git, undefined, [
    { path: 'README.md', mode: '100644', sha },
  ]);
  const who = signatureOf(actor);
  const after = await writeCommit(git, {
    tree,
    parents: [],
    author: who,
    committer: who,
    message: 'Initial commit',
  });
  await inTurn(context, repository, () =>
    moveRef(context, {
      repository,
      actor,
      ref: `refs/heads/${repository.defaultBranch}`,
      before: ZERO_SHA,
      after,
    }),
  );
}
