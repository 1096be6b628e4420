import { Account } from '../accounts';
import { includes } from '../auth';
import { Context } from '../context';
import { RefRule, rulesEnv } from '../git/hooks';
import { ProtectionRecord, RepositoryRecord } from '../store/records';
import { latestStatuses } from './statuses';

/** Whether a list of allowed users and teams names the account. */
export function listed(
  context: Context,
  repository: RepositoryRecord,
  list: { users: string[]; teams: string[] },
  login: string,
): boolean {
  const same = (other: string) => other.toLowerCase() === login.toLowerCase();
  return (
    list.users.some(same) ||
    context.accounts
      .teams(repository.owner)
      .some(team => list.teams.includes(team.slug) && team.members.some(same))
  );
}

/** Whether the rules of a branch bind this account. Admins may be let off. */
export function isBound(
  context: Context,
  repository: RepositoryRecord,
  protection: ProtectionRecord,
  actor: Account,
): boolean {
  return (
    protection.enforceAdmins ||
    !includes(context.access.permission(actor, repository), 'admin')
  );
}

/** What a direct push by this account may not do. */
export function rulesFor(
  context: Context,
  repository: RepositoryRecord,
  protection: ProtectionRecord,
  actor: Account,
): RefRule[] {
  const ref = `refs/heads/${protection.branch}`;
  const rules: RefRule[] = [];
  const add = (kind: RefRule['kind']) => rules.push({ kind, ref });
  // Nobody is let off these two: allowing them is a setting of its own.
  if (!protection.allowForcePushes) {
    add('force');
  }
  if (!protection.allowDeletions) {
    add('delete');
  }
  if (!isBound(context, repository, protection, actor)) {
    return rules;
  }
  const { requiredReviews, restrictions, requiredStatusChecks } = protection;
  if (protection.lockBranch) {
    add('locked');
  }
  if (restrictions && !listed(context, repository, restrictions, actor.login)) {
    add('restricted');
  }
  if (protection.blockCreations) {
    add('create');
  }
  if (
    requiredReviews &&
    !listed(context, repository, requiredReviews.bypass, actor.login)
  ) {
    add('direct');
  }
  if (requiredStatusChecks && requiredStatusChecks.contexts.length > 0) {
    add('checks');
  }
  if (protection.requiredLinearHistory) {
    add('linear');
  }
  return rules;
}

/** Whether a commit has every one of the contexts with success. */
export function hasPassed(
  context: Context,
  repository: RepositoryRecord,
  sha: string,
  contexts: string[],
): boolean {
  const latest = latestStatuses(context, repository, sha);
  return contexts.every(name =>
    latest.some(one => one.context === name && one.state === 'success'),
  );
}

/** Every rule that binds this account, as the update hook reads them. */
export function updateEnv(
  context: Context,
  repository: RepositoryRecord,
  actor: Account,
): Record<string, string> {
  const { protections, statuses } = context.store.of(repository);
  const all = protections.list();
  const contexts = all.flatMap(one => one.requiredStatusChecks?.contexts ?? []);
  const passed =
    contexts.length === 0
      ? []
      : statuses
          .list()
          .map(one => one.sha)
          .filter(sha => hasPassed(context, repository, sha, contexts));
  return rulesEnv(
    all.flatMap(one => rulesFor(context, repository, one, actor)),
    passed,
  );
}
