import { Context } from '../context';
import {
  DeploymentRecord,
  DeploymentStatus,
  EnvironmentRecord,
  RepositoryRecord,
} from '../store/records';
import { nodeId } from '../urls';
import { simpleUser, team as teamShape } from './user';

/** A deployment environment. */
export function environmentShape(
  context: Context,
  repository: RepositoryRecord,
  record: EnvironmentRecord,
) {
  const { urls, accounts, store } = context;
  const name = encodeURIComponent(record.name);
  const reviewers = record.reviewers.flatMap(({ type, id }): object[] => {
    if (type === 'User') {
      const user = accounts.getById(id);
      return user ? [{ type, reviewer: simpleUser(user, urls) }] : [];
    }
    const team = store.teams.list().find(one => one.id === id);
    return team ? [{ type, reviewer: teamShape(team, urls) }] : [];
  });
  return {
    id: record.id,
    node_id: nodeId('Environment', record.id),
    name: record.name,
    url: `${urls.repositoryApi(repository)}/environments/${name}`,
    html_url: `${urls.repositoryHtml(
      repository,
    )}/deployments/activity_log?environments_filter=${name}`,
    created_at: record.createdAt,
    updated_at: record.updatedAt,
    can_admins_bypass: true,
    protection_rules: [
      ...(record.waitTimer > 0
        ? [
            {
              id: record.id * 10 + 1,
              node_id: nodeId('Gate', record.id * 10 + 1),
              type: 'wait_timer',
              wait_timer: record.waitTimer,
            },
          ]
        : []),
      ...(reviewers.length > 0
        ? [
            {
              id: record.id * 10 + 2,
              node_id: nodeId('Gate', record.id * 10 + 2),
              type: 'required_reviewers',
              prevent_self_review: record.preventSelfReview,
              reviewers,
            },
          ]
        : []),
      ...(record.branchPolicy
        ? [
            {
              id: record.id * 10 + 3,
              node_id: nodeId('Gate', record.id * 10 + 3),
              type: 'branch_policy',
            },
          ]
        : []),
    ],
    deployment_branch_policy: record.branchPolicy,
  };
}

/** A deployment. */
export function deploymentShape(
  context: Context,
  repository: RepositoryRecord,
  record: DeploymentRecord,
) {
  const { urls, accounts } = context;
  const api = urls.repositoryApi(repository);
  const url = `${api}/deployments/${record.id}`;
  return {
    url,
    id: record.id,
    node_id: nodeId('Deployment', record.id),
    task: record.task,
    original_environment: record.environment,
    environment: record.statuses.at(-1)?.environment ?? record.environment,
    description: record.description,
    created_at: record.createdAt,
    updated_at: record.updatedAt,
    statuses_url: `${url}/statuses`,
    repository_url: api,
    creator: simpleUser(accounts.known(record.creator), urls),
    sha: record.sha,
    ref: record.ref,
    payload: record.payload ?? {},
    transient_environment: record.transient,
    production_environment: record.production,
    performed_via_github_app: null,
  };
}

/** One status of a deployment. */
export function deploymentStatusShape(
  context: Context,
  repository: RepositoryRecord,
  deployment: DeploymentRecord,
  status: DeploymentStatus,
) {
  const { urls, accounts } = context;
  const api = urls.repositoryApi(repository);
  const url = `${api}/deployments/${deployment.id}`;
  return {
    url: `${url}/statuses/${status.id}`,
    id: status.id,
    node_id: nodeId('DeploymentStatus', status.id),
    state: status.state,
    creator: simpleUser(accounts.known(status.creator), urls),
    description: status.description,
    environment: status.environment,
    target_url: status.targetUrl,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    deployment_url: url,
    repository_url: api,
    environment_url: status.environmentUrl,
    log_url: status.targetUrl,
    performed_via_github_app: null,
  };
}
