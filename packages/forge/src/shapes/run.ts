import { Context } from '../context';
import { RepositoryRecord, RunRecord } from '../store/records';
import { workflowId, Workflow } from '../services/workflows';
import { nodeId } from '../urls';
import { simpleUser } from './user';

/** A workflow. */
export function workflowShape(
  context: Context,
  repository: RepositoryRecord,
  workflow: Workflow,
) {
  const { urls } = context;
  const html = urls.repositoryHtml(repository);
  return {
    id: workflow.id,
    node_id: nodeId('Workflow', workflow.id),
    name: workflow.name,
    path: workflow.path,
    state: 'active',
    created_at: repository.createdAt,
    updated_at: repository.updatedAt,
    url: `${urls.repositoryApi(repository)}/actions/workflows/${workflow.id}`,
    html_url: `${html}/blob/${repository.defaultBranch}/${workflow.path}`,
    badge_url: `${html}/workflows/${encodeURIComponent(
      workflow.name,
    )}/badge.svg`,
  };
}

/** A workflow run. */
export async function runShape(
  context: Context,
  repository: RepositoryRecord,
  run: RunRecord,
) {
  const { urls, accounts } = context;
  const api = urls.repositoryApi(repository);
  const url = `${api}/actions/runs/${run.id}`;
  const actor = simpleUser(accounts.known(run.actor), urls);
  const commit = await context.git(repository).commit(run.sha);
  const workflow = workflowId(repository, run.path);
  const shape = context.repositoryShape(repository);
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('WorkflowRun', run.id),
    head_branch: run.branch,
    head_sha: run.sha,
    path: run.path,
    display_title: run.title,
    run_number: run.runNumber,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: workflow,
    check_suite_id: run.id,
    check_suite_node_id: nodeId('CheckSuite', run.id),
    url,
    html_url: `${urls.repositoryHtml(repository)}/actions/runs/${run.id}`,
    pull_requests: [],
    created_at: run.createdAt,
    updated_at: run.updatedAt,
    actor,
    run_attempt: 1,
    referenced_workflows: [],
    run_started_at: run.createdAt,
    triggering_actor: actor,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${api}/check-suites/${run.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: null,
    workflow_url: `${api}/actions/workflows/${workflow}`,
    head_commit: commit
      ? {
          id: commit.sha,
          tree_id: commit.tree,
          message: commit.message,
          timestamp: commit.committer.date,
          author: { name: commit.author.name, email: commit.author.email },
          committer: {
            name: commit.committer.name,
            email: commit.committer.email,
          },
        }
      : null,
    repository: shape,
    head_repository: shape,
  };
}
