import { Account } from '../accounts';
import { Context, now } from '../context';
import { isFullRef } from '../names';
import { GitRepository, ZERO_SHA } from '../git/repository';
import { RepositoryRecord } from '../store/records';
import { pushPayload } from '../webhooks/push';
import { followPulls } from './follow';
import { queueRuns } from './workflows';

/** A ref that moved. {@link ZERO_SHA} stands for "was not" or "is no more". */
export interface RefUpdate {
  ref: string;
  before: string;
  after: string;
}

/**
 * Does all that follows from moved refs: the first branch becomes the
 * default one, open pull requests follow, workflow runs are listed, webhooks
 * are queued, and the record remembers how far it got.
 */
export async function announce(
  context: Context,
  repositoryId: number,
  actor: Account,
  updates: RefUpdate[],
): Promise<void> {
  await context.serial.run(`announce:${repositoryId}`, async () => {
    const before = context.current({ id: repositoryId });
    if (!before) {
      return;
    }
    const git = context.git(before);
    const told = updates.filter(update => isFullRef(update.ref));
    await adoptDefaultBranch(context, before, git, told);
    const size = await git.size();
    const repository = await context.store.updateRepository(
      repositoryId,
      current => ({ ...current, pushedAt: now(), updatedAt: now(), size }),
    );
    for (const update of told) {
      // What a push brought takes a look at each of its commits.
      if (context.webhooks.isHeard('push', repository)) {
        await context.webhooks.emit({
          event: 'push',
          repository,
          sender: actor,
          payload: await pushPayload(context, repository, actor, update),
        });
      }
      await followPulls(context, repository, actor, update);
      await queueRuns(context, repository, actor, update);
    }
    await remember(context, repository, git, updates);
  });
}

/** As on GitHub, the first branch pushed is the default one if that is missing. */
async function adoptDefaultBranch(
  context: Context,
  repository: RepositoryRecord,
  git: GitRepository,
  updates: RefUpdate[],
): Promise<void> {
  const first = updates.find(
    ({ ref, after }) => ref.startsWith('refs/heads/') && after !== ZERO_SHA,
  );
  if (!first || (await git.ref(`refs/heads/${repository.defaultBranch}`))) {
    return;
  }
  const defaultBranch = first.ref.slice('refs/heads/'.length);
  await git.setHead(defaultBranch);
  await context.store.updateRepository(repository.id, current => ({
    ...current,
    defaultBranch,
  }));
}

async function remember(
  context: Context,
  repository: RepositoryRecord,
  git: GitRepository,
  updates: RefUpdate[],
): Promise<void> {
  const actual = new Map<string, string | undefined>();
  for (const { ref } of updates) {
    actual.set(ref, await git.ref(ref));
  }
  await context.store.updateRepository(repository.id, current => {
    const refs = { ...current.refs };
    for (const [ref, sha] of actual) {
      if (sha === undefined) {
        delete refs[ref];
      } else {
        refs[ref] = sha;
      }
    }
    return { ...current, refs };
  });
}

/**
 * Announces what moved while nobody was there to do it: the forge was killed
 * between moving a ref and telling of it.
 */
export async function reconcile(
  context: Context,
  repository: RepositoryRecord,
): Promise<void> {
  const git = context.git(repository);
  const actual = new Map(
    (await git.refs('refs/heads/', 'refs/tags/')).map(ref => [
      ref.name,
      ref.sha,
    ]),
  );
  const names = new Set([...actual.keys(), ...Object.keys(repository.refs)]);
  const updates = [...names]
    .map(ref => ({
      ref,
      before: repository.refs[ref] ?? ZERO_SHA,
      after: actual.get(ref) ?? ZERO_SHA,
    }))
    .filter(update => update.before !== update.after);
  if (updates.length > 0) {
    await announce(
      context,
      repository.id,
      context.accounts.known(repository.createdBy),
      updates,
    );
  }
}
