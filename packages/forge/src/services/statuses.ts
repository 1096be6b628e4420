import { Account } from '../accounts';
import { Context, now } from '../context';
import { ApiError } from '../errors';
import { isSha } from '../names';
import { commit as commitShape } from '../shapes/commit';
import { CommitStatus, PullRecord, RepositoryRecord } from '../store/records';

/** A result somebody reports for a commit. */
export interface NewStatus {
  repository: RepositoryRecord;
  actor: Account;
  sha: string;
  /** Name of the check. */
  name: string;
  state: CommitStatus['state'];
  description: string | null;
  targetUrl: string | null;
}

/** A check that the rules of a branch require, with its last result. */
export interface RequiredCheck {
  name: string;
  status: CommitStatus | undefined;
}

/** Every status of a commit, oldest first. */
export function statusesOf(
  context: Context,
  repository: RepositoryRecord,
  sha: string,
): CommitStatus[] {
  return context.store.of(repository).statuses.get(sha)?.statuses ?? [];
}

/** The last status of every check of a commit. */
export function latestStatuses(
  context: Context,
  repository: RepositoryRecord,
  sha: string,
): CommitStatus[] {
  const latest = new Map<string, CommitStatus>();
  for (const one of statusesOf(context, repository, sha)) {
    latest.set(one.context, one);
  }
  return [...latest.values()];
}

/** The checks a pull request needs, as they stand on its newest commit. */
export function requiredChecks(
  context: Context,
  repository: RepositoryRecord,
  { pull }: PullRecord,
): RequiredCheck[] {
  const protection = context.store.of(repository).protections.get(pull.base);
  const latest = latestStatuses(context, repository, pull.headSha);
  return (protection?.requiredStatusChecks?.contexts ?? []).map(name => ({
    name,
    status: latest.find(one => one.context === name),
  }));
}

/**
 * Adds a status to a commit and tells the hooks. Earlier ones are kept.
 *
 * @throws ApiError 422 when there is no such commit
 */
export async function recordStatus(
  context: Context,
  { repository, actor, sha, name, state, description, targetUrl }: NewStatus,
): Promise<CommitStatus> {
  const { store, urls } = context;
  const commit = isSha(sha)
    ? await context.git(repository).commit(sha)
    : undefined;
  if (!commit) {
    throw new ApiError(422, `No commit found for SHA: ${sha}`);
  }
  const status: CommitStatus = {
    id: store.newId(),
    state,
    context: name,
    description,
    targetUrl,
    creator: actor.login,
    createdAt: now(),
  };
  await store.of(repository).statuses.put({
    sha,
    statuses: [...statusesOf(context, repository, sha), status],
  });
  await context.webhooks.emit({
    event: 'status',
    repository,
    sender: actor,
    payload: {
      id: status.id,
      sha,
      name: `${repository.owner}/${repository.name}`,
      target_url: targetUrl,
      avatar_url: null,
      context: name,
      description,
      state,
      commit: commitShape(commit, repository, urls, context.byEmail),
      branches: [],
      created_at: status.createdAt,
      updated_at: status.createdAt,
    },
  });
  return status;
}

/**
 * Records what somebody saw who ran a required check themselves: nothing here
 * runs it for them.
 *
 * @throws ApiError 409 when the pull request is closed or has a newer commit
 * than the one that was checked, 422 for a check that is not required
 */
export async function recordByHand(
  context: Context,
  result: Pick<NewStatus, 'repository' | 'actor' | 'sha' | 'name' | 'state'> & {
    issue: PullRecord;
  },
): Promise<CommitStatus> {
  const { issue, ...status } = result;
  if (issue.state !== 'open') {
    throw new ApiError(409, 'This pull request is no longer open.');
  }
  if (status.sha !== issue.pull.headSha) {
    throw new ApiError(
      409,
      'Head branch was modified. Run the check on its newest commit and record that result.',
    );
  }
  const required = requiredChecks(context, status.repository, issue);
  if (!required.some(one => one.name === status.name)) {
    throw new ApiError(422, `The check "${status.name}" is not required here.`);
  }
  return recordStatus(context, {
    ...status,
    description: `recorded by hand by ${status.actor.login}`,
    targetUrl: null,
  });
}
