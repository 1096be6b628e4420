import { Account } from '../accounts';
import { Context } from '../context';
import { ApiError } from '../errors';
import { askUpdateHook } from '../git/hooks';
import { ZERO_SHA } from '../git/repository';
import { RepositoryRecord } from '../store/records';
import { announce, RefUpdate } from './announce';
import { updateEnv } from './protection';

/** Moves one ref on somebody's behalf. */
export interface RefMove extends RefUpdate {
  repository: RepositoryRecord;
  actor: Account;
  /** True for a merge: it has passed its own checks. */
  trusted?: boolean;
}

/**
 * Moves a ref by the rules of branch protection and tells the webhooks. To be
 * called within the turn of the repository ({@link inTurn}) where the value of
 * `before` was read.
 *
 * @throws ApiError 422 when a rule forbids it, 409 when the ref has moved
 */
export async function moveRef(context: Context, move: RefMove): Promise<void> {
  const { repository, actor, ref, before, after } = move;
  if (before === after) {
    return;
  }
  const git = context.git(repository);
  if (!move.trusted) {
    const refusal = await askUpdateHook(
      context.hooksDir,
      git.dir,
      updateEnv(context, repository, actor),
      { ref, before, after },
    );
    if (refusal) {
      throw new ApiError(422, refusal);
    }
  }
  if (after === ZERO_SHA && ref === `refs/heads/${repository.defaultBranch}`) {
    throw new ApiError(422, 'Cannot delete the default branch');
  }
  if (!(await git.updateRef(ref, after, before))) {
    throw new ApiError(409, 'Reference cannot be updated');
  }
  await announce(context, repository.id, actor, [{ ref, before, after }]);
}

/** Runs a change to the refs of a repository after those under way. */
export function inTurn<T>(
  context: Context,
  repository: Pick<RepositoryRecord, 'id'>,
  fn: () => Promise<T>,
): Promise<T> {
  return context.serial.run(`refs:${repository.id}`, fn);
}
