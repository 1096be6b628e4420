import { Account } from '../accounts';
import { Context, now } from '../context';
import { labelShapes } from '../shapes/issue';
import { IssueRecord, RepositoryRecord } from '../store/records';
import { emitIssue, ensureLabels, isPull, saveIssue } from './issues';
import { closePull, emitPull, reopenPull } from './pulls';

/** Tells of a change in the words of an issue or of a pull request. */
export async function emitChange(
  context: Context,
  repository: RepositoryRecord,
  issue: IssueRecord,
  actor: Account,
  action: string,
  more: Record<string, unknown> = {},
): Promise<void> {
  if (isPull(issue)) {
    await emitPull(context, repository, issue, actor, action, more);
  } else {
    await emitIssue(context, repository, issue, actor, action, more);
  }
}

/** Gives an issue these labels and no others; new ones are made. */
export async function setLabels(
  context: Context,
  repository: RepositoryRecord,
  issue: IssueRecord,
  actor: Account,
  names: string[],
): Promise<IssueRecord> {
  await ensureLabels(context, repository, names);
  const has = (list: string[], name: string) =>
    list.some(other => other.toLowerCase() === name.toLowerCase());
  const unique = names.filter(
    (name, index) => !has(names.slice(0, index), name),
  );
  const next = await saveIssue(context, repository, {
    ...issue,
    labels: unique,
  });
  for (const name of unique.filter(label => !has(issue.labels, label))) {
    const [label] = labelShapes(context, repository, [name]);
    await emitChange(context, repository, next, actor, 'labeled', { label });
  }
  for (const name of issue.labels.filter(label => !has(unique, label))) {
    const [label] = labelShapes(context, repository, [name]);
    await emitChange(context, repository, next, actor, 'unlabeled', { label });
  }
  return next;
}

/** Closes or reopens an issue or a pull request. @throws ApiError 422 */
export async function setState(
  context: Context,
  repository: RepositoryRecord,
  issue: IssueRecord,
  actor: Account,
  state: 'open' | 'closed',
  reason: string | null,
): Promise<IssueRecord> {
  if (isPull(issue)) {
    return state === 'closed'
      ? closePull(context, repository, issue, actor)
      : reopenPull(context, repository, issue, actor);
  }
  const next = await saveIssue(context, repository, {
    ...issue,
    state,
    stateReason: reason,
    closedAt: state === 'closed' ? now() : null,
    closedBy: state === 'closed' ? actor.login : null,
  });
  await emitChange(
    context,
    repository,
    next,
    actor,
    state === 'closed' ? 'closed' : 'reopened',
  );
  return next;
}
