import { Context } from '../context';
import { ProtectionRecord, RepositoryRecord } from '../store/records';
import { teamKey } from '../store/store';
import { simpleUser, team as teamShape } from './user';

type Allowances = NonNullable<ProtectionRecord['restrictions']>;

function people(
  context: Context,
  repository: RepositoryRecord,
  list: Allowances,
) {
  return {
    users: list.users.map(login =>
      simpleUser(context.accounts.known(login), context.urls),
    ),
    teams: list.teams.flatMap(slug => {
      const record = context.store.teams.get(teamKey(repository.owner, slug));
      return record ? [teamShape(record, context.urls)] : [];
    }),
    apps: list.apps.map(slug => ({ slug })),
  };
}

/** Answer of `GET …/branches/:branch/protection`. */
export function protection(
  context: Context,
  repository: RepositoryRecord,
  record: ProtectionRecord,
) {
  const url = `${context.urls.repositoryApi(
    repository,
  )}/branches/${encodeURIComponent(record.branch)}/protection`;
  const { requiredStatusChecks, requiredReviews, restrictions } = record;
  return {
    url,
    ...(requiredStatusChecks
      ? {
          required_status_checks: {
            url: `${url}/required_status_checks`,
            strict: requiredStatusChecks.strict,
            contexts: requiredStatusChecks.contexts,
            contexts_url: `${url}/required_status_checks/contexts`,
            checks: requiredStatusChecks.contexts.map(name => ({
              context: name,
              app_id: null,
            })),
          },
        }
      : {}),
    ...(restrictions
      ? {
          restrictions: {
            url: `${url}/restrictions`,
            ...people(context, repository, restrictions),
          },
        }
      : {}),
    ...(requiredReviews
      ? {
          required_pull_request_reviews: {
            url: `${url}/required_pull_request_reviews`,
            dismiss_stale_reviews: requiredReviews.dismissStale,
            require_code_owner_reviews: requiredReviews.codeOwners,
            required_approving_review_count: requiredReviews.count,
            require_last_push_approval: requiredReviews.lastPushApproval,
            bypass_pull_request_allowances: people(
              context,
              repository,
              requiredReviews.bypass,
            ),
          },
        }
      : {}),
    required_signatures: {
      url: `${url}/required_signatures`,
      enabled: record.requiredSignatures,
    },
    enforce_admins: {
      url: `${url}/enforce_admins`,
      enabled: record.enforceAdmins,
    },
    required_linear_history: { enabled: record.requiredLinearHistory },
    allow_force_pushes: { enabled: record.allowForcePushes },
    allow_deletions: { enabled: record.allowDeletions },
    block_creations: { enabled: record.blockCreations },
    required_conversation_resolution: {
      enabled: record.requiredConversationResolution,
    },
    lock_branch: { enabled: record.lockBranch },
    allow_fork_syncing: { enabled: false },
  };
}
