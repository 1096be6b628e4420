import { createHash } from 'node:crypto';
import {
  PlannedDeployment,
  PlannedIncident,
  PlannedPerson,
  PlannedPull,
  ServiceHistory,
} from './types';
import { branchOf, CHANGELOG, WovenCommit } from './weave';

/** What GitHub would have sent. */
export interface SampleDelivery {
  id: string;
  event:
    | 'push'
    | 'pull_request'
    | 'pull_request_review'
    | 'deployment_status'
    | 'issues';
  body: object;
}

/** Begins the id of each delivery of the sample company. */
const LABEL = 'waymark-sample';
const NONE = '0'.repeat(40);

/**
 * What became of a component, told as GitHub tells it. What was pushed before its
 * first pull request is known to the repository alone.
 *
 * @param shas - of the woven commits, in their order
 */
export function deliveriesOf(
  history: ServiceHistory,
  woven: readonly WovenCommit[],
  shas: readonly string[],
  options: { owner: string; forgeUrl: string },
): SampleDelivery[] {
  const url = `${options.forgeUrl}/${options.owner}/${history.name}`;
  const repository = {
    name: history.name,
    html_url: url,
    default_branch: 'main',
  };
  const mergedAs = new Map(
    woven.flatMap(({ pull, parents }, index) =>
      pull ? [[pull.number, [shas[index], shas[parents[1]]]] as const] : [],
    ),
  );
  const said = [
    ...pushesOf(woven, shas, history.pulls[0]?.createdAt ?? Infinity),
    ...history.pulls.flatMap(pull =>
      pullEvents(pull, mergedAs.get(pull.number)!, url),
    ),
    ...history.deployments.flatMap(one =>
      deploymentEvents(one, mergedAs.get(one.pull)![0], url),
    ),
    ...history.incidents.flatMap(one =>
      incidentEvents(one, mergedAs.get(one.pull)![0], url),
    ),
  ];
  return said.map(({ key, event, at, body }) => ({
    id: `${LABEL}-${history.name}-${key}`,
    event,
    body: {
      ...body,
      repository: { ...repository, ...(at && { pushed_at: instant(at) }) },
    },
  }));
}

interface Said {
  key: string;
  event: SampleDelivery['event'];
  /** Of a push. */
  at?: number;
  body: object;
}

/** Each commit of the default branch was pushed, with what it merged. */
function pushesOf(
  woven: readonly WovenCommit[],
  shas: readonly string[],
  since: number,
): Said[] {
  const commits = woven.map((commit, index) => toCommit(commit, shas[index]));
  let branch: object[] = [];
  return woven.flatMap((commit, index): Said[] => {
    if (commit.onBranch) branch.push(commits[index]);
    if (commit.onBranch || commit.at < since) return [];
    const pushed = [...branch, commits[index]];
    branch = [];
    const [parent] = commit.parents;
    const before = parent === undefined ? NONE : shas[parent];
    return [push('refs/heads/main', before, pushed, shas[index], commit.at)];
  });
}

function pullEvents(
  pull: PlannedPull,
  [mergeSha, tip]: readonly string[],
  url: string,
): Said[] {
  const { number, author, createdAt, mergedAt, review } = pull;
  // A squash leaves no commit of the branch in the repository.
  const own = pull.commits.map((_, index) =>
    createHash('sha1').update(`${url}#${number}/${index}`).digest('hex'),
  );
  const branch = branchOf(pull);
  const head = pull.style === 'squash' ? own[own.length - 1] : tip;
  const sides = {
    base: { ref: 'main', sha: NONE, repo: { html_url: url } },
    head: { ref: branch, sha: head, repo: { html_url: url } },
  };
  const asOf = (at: number, state: object) => ({
    number,
    // The forge has the commit, and not the page of the pull request.
    html_url: `${url}/commit/${mergeSha}`,
    title: pull.title,
    user: person(author),
    ...sides,
    created_at: instant(createdAt),
    updated_at: instant(at),
    labels: [{ name: 'sample data' }],
    ...state,
  });
  const pushed = pull.commits.map((commit, index) =>
    toCommit({ ...commit, author, files: { [CHANGELOG]: '' } }, own[index]),
  );
  return [
    ...(pull.style === 'squash'
      ? [push(`refs/heads/${branch}`, NONE, pushed, head, createdAt)]
      : []),
    ...(review
      ? [
          {
            key: `review-${number}`,
            event: 'pull_request_review' as const,
            body: {
              action: 'submitted',
              review: {
                user: person(review.by),
                submitted_at: instant(review.at),
              },
              pull_request: asOf(review.at, { state: 'open' }),
            },
          },
        ]
      : []),
    {
      key: `merged-${number}`,
      event: 'pull_request',
      body: {
        action: 'closed',
        pull_request: asOf(mergedAt, {
          state: 'closed',
          merged_at: instant(mergedAt),
          merge_commit_sha: mergeSha,
        }),
      },
    },
  ];
}

function deploymentEvents(
  one: PlannedDeployment,
  sha: string,
  url: string,
): Said[] {
  const { id, environment, region, kind, startedAt, finishedAt, state } = one;
  const deployment = {
    id,
    sha,
    ref: 'main',
    task: kind === 'planned' ? 'deploy' : kind,
    environment,
    created_at: instant(startedAt),
    description: 'Sample data',
    creator: { login: 'github-actions[bot]', type: 'Bot' },
    payload: { kind, ...(region && { region }) },
  };
  return [
    { state: 'in_progress', at: startedAt },
    { state, at: finishedAt },
  ].map(status => ({
    key: `deployment-${id}-${status.state}`,
    event: 'deployment_status',
    body: {
      deployment,
      deployment_status: {
        state: status.state,
        environment,
        target_url: `${url}/commit/${sha}`,
        created_at: instant(status.at),
      },
    },
  }));
}

function incidentEvents(
  one: PlannedIncident,
  sha: string,
  url: string,
): Said[] {
  const issue = {
    number: one.number,
    // What broke it is on the forge; the issue is not.
    html_url: `${url}/commit/${sha}`,
    title: one.title,
    body: one.isExplained ? `Caused by: ${sha}` : 'Sample data',
    labels: [{ name: 'incident' }, { name: `severity:${one.severity}` }],
    created_at: instant(one.startedAt),
  };
  const opened = { state: 'open', updated_at: instant(one.startedAt) };
  const closed = {
    state: 'closed',
    updated_at: instant(one.resolvedAt),
    closed_at: instant(one.resolvedAt),
  };
  return [
    { action: 'opened', issue: { ...issue, ...opened } },
    { action: 'closed', issue: { ...issue, ...closed } },
  ].map(body => ({
    key: `incident-${one.number}-${body.action}`,
    event: 'issues',
    body,
  }));
}

function push(
  ref: string,
  before: string,
  commits: object[],
  after: string,
  at: number,
): Said {
  return {
    key: `push-${after}`,
    event: 'push',
    at,
    body: {
      ref,
      before,
      after,
      forced: false,
      head_commit: commits.at(-1),
      commits,
    },
  };
}

function toCommit(
  commit: {
    message: string;
    at: number;
    author: { name: string; login?: string };
    files: Record<string, string>;
  },
  sha: string,
) {
  const { name, login } = commit.author;
  return {
    id: sha,
    message: commit.message,
    timestamp: instant(commit.at),
    author: { name, ...(login && { username: login }) },
    added: [],
    modified: Object.keys(commit.files),
    removed: [],
  };
}

function person({ login, bot }: PlannedPerson) {
  return { login, type: bot ? 'Bot' : 'User' };
}

/** Git knows no fractions of a second. */
function instant(at: number): string {
  return new Date(Math.floor(at / 1_000) * 1_000)
    .toISOString()
    .replace('.000Z', 'Z');
}
