import {
  Delivery,
  firstLine,
  MalformedDelivery,
  Observation,
  ObservationOf,
  read,
  Translation,
} from '@waymark/backstage-plugin-dora-node';
import { z } from 'zod';
import { OTHER_EVENTS } from './events';
import { HISTORY_TRANSLATIONS } from './history/translate';
import { issues, IssueSettings } from './issues';
import {
  commitSchema,
  deploymentPayload,
  isBot,
  isBotName,
  pullRequestPayload,
  pushPayload,
  releasePayload,
  repositoryOf,
  statedSchema,
  workflowRunPayload,
} from './payloads';

const SOURCE = 'github';
const NONE = /^0+$/;

type Translate = (delivery: Delivery, settings: IssueSettings) => Translation;

const TRANSLATIONS: Record<string, Translate> = {
  push,
  pull_request: pullRequest,
  pull_request_review: pullRequest,
  deployment,
  deployment_status: deployment,
  workflow_run: workflowRun,
  release,
  issues,
  ...HISTORY_TRANSLATIONS,
};

/** What a delivery of GitHub says. */
export function translate(
  delivery: Delivery,
  settings: IssueSettings,
): Translation {
  const { event } = delivery;
  if (Object.hasOwn(TRANSLATIONS, event)) {
    return TRANSLATIONS[event](delivery, settings);
  }
  if (OTHER_EVENTS.has(event)) {
    return { ignored: `Events of type ${event} are not counted` };
  }
  throw new MalformedDelivery(
    event
      ? `Events of type ${event} are not known`
      : 'The header X-GitHub-Event is missing',
  );
}

function saying(observation: Observation): Translation {
  return { observations: [observation] };
}

function push({ body, receivedAt }: Delivery): Translation {
  const { ref, before, after, forced, ...payload } = read(pushPayload, body);
  const { head_commit: head, repository } = payload;
  // Of a tag with a message, `after` is the tag itself.
  const stands = ref.startsWith('refs/tags/') && head ? head.id : after;
  return saying({
    kind: 'push',
    source: SOURCE,
    repository: repositoryOf(repository),
    ref,
    ...(!NONE.test(before) && { before }),
    ...(!NONE.test(after) && { after: stands }),
    forced,
    at: repository.pushed_at ?? receivedAt.toISOString(),
    defaultBranch: repository.default_branch ?? 'main',
    commits: payload.commits.map(commit),
  });
}

function commit({
  id,
  message,
  timestamp,
  author,
  added,
  modified,
  removed,
}: z.infer<typeof commitSchema>): ObservationOf<'push'>['commits'][number] {
  const name = author.username ?? author.name;
  return {
    sha: id,
    at: timestamp,
    title: firstLine(message),
    author: name,
    authorIsBot: isBotName(name) || isBotName(author.name),
    ...(added &&
      modified &&
      removed && { paths: [...added, ...modified, ...removed] }),
  };
}

function pullRequest({ body }: Delivery): Translation {
  const { action, repository, review, ...payload } = read(
    pullRequestPayload,
    body,
  );
  const { pull_request: pull } = payload;
  const { base, head, merged_at: mergedAt, merge_commit_sha: merge } = pull;
  const reviewedAt =
    action === 'submitted' && review?.user?.login !== pull.user?.login
      ? review?.submitted_at
      : undefined;
  return saying({
    kind: 'pull-request',
    source: SOURCE,
    repository: repositoryOf(repository),
    number: pull.number,
    url: pull.html_url,
    title: firstLine(pull.title),
    author: pull.user?.login ?? 'ghost',
    authorIsBot: isBot(pull.user),
    baseRef: base.ref,
    headRef: head.ref,
    ...(head.repo && { headRepository: repositoryOf(head.repo) }),
    headSha: head.sha,
    state: stateOf(pull.state, mergedAt),
    createdAt: pull.created_at,
    ...(reviewedAt && { firstReviewAt: reviewedAt }),
    ...(action === 'ready_for_review' && { readyAt: pull.updated_at }),
    ...(action === 'opened' && !pull.draft && { readyAt: pull.created_at }),
    ...(mergedAt && { mergedAt, ...(merge && { mergeSha: merge }) }),
    labels: pull.labels.map(({ name }) => name),
    at: pull.updated_at,
  });
}

function stateOf(state: 'open' | 'closed', mergedAt?: string | null) {
  return mergedAt ? 'merged' : state;
}

const STATES: Record<string, ObservationOf<'deployment'>['status']> = {
  error: 'failure',
  failure: 'failure',
  in_progress: 'in_progress',
  inactive: 'inactive',
  pending: 'queued',
  queued: 'queued',
  success: 'success',
  waiting: 'queued',
};

function deployment({ body }: Delivery): Translation {
  const payload = read(deploymentPayload, body);
  const { deployment: of, deployment_status: now } = payload;
  const state = now?.state ?? 'queued';
  if (!Object.hasOwn(STATES, state)) {
    throw new MalformedDelivery(`deployment_status.state: ${state} is unknown`);
  }
  const repository = repositoryOf(payload.repository);
  const { entityRefs, kind, region } = stated(of.payload);
  const planned = kind ?? /^(hotfix|rollback)\b/i.exec(of.task)?.[1];
  // A deployment has no page of its own; where it runs, its statuses say.
  const url = now
    ? now.target_url || now.log_url
    : `${
        payload.repository.html_url
      }/deployments/activity_log?${new URLSearchParams({
        environments_filter: of.environment,
      })}`;
  return saying({
    kind: 'deployment',
    source: SOURCE,
    externalId: `${repository}/deployments/${of.id}`,
    repository,
    ...(entityRefs && { entityRefs: entityRefs.map(r => r.toLowerCase()) }),
    environment: now?.environment || of.environment,
    ...(region && { region }),
    sha: of.sha,
    ref: of.ref,
    at: now?.created_at ?? of.created_at,
    status: STATES[state],
    originalStatus: state,
    ...(planned && {
      planned: planned.toLowerCase() as 'planned' | 'hotfix' | 'rollback',
    }),
    task: of.task,
    ...(url && { url }),
    byBot: isBot(of.creator),
  });
}

/** The payload is free text or an object; what is not meant for us is left alone. */
function stated(payload: unknown): z.infer<typeof statedSchema> {
  let value = payload;
  if (typeof payload === 'string') {
    try {
      value = JSON.parse(payload);
    } catch {
      return {};
    }
  }
  return statedSchema.catch({}).parse(value);
}

const CONCLUSIONS: Record<string, ObservationOf<'workflow-run'>['status']> = {
  cancelled: 'cancelled',
  skipped: 'cancelled',
  neutral: 'cancelled',
  stale: 'cancelled',
  success: 'success',
};

function workflowRun({ body }: Delivery): Translation {
  const payload = read(workflowRunPayload, body);
  const { workflow_run: run } = payload;
  const repository = repositoryOf(payload.repository);
  const word = run.conclusion ?? run.status ?? payload.action;
  const done = run.conclusion && (CONCLUSIONS[run.conclusion] ?? 'failure');
  const going = payload.action === 'requested' ? 'queued' : 'in_progress';
  const begun = run.run_started_at ?? run.created_at;
  return saying({
    kind: 'workflow-run',
    source: SOURCE,
    externalId: `${repository}/actions/runs/${run.id}/attempts/${run.run_attempt}`,
    repository,
    workflow: run.name ?? '',
    path: run.path,
    branch: run.head_branch ?? '',
    event: run.event,
    sha: run.head_sha,
    at: payload.action === 'requested' ? begun : run.updated_at,
    status: done || going,
    originalStatus: word,
    url: run.html_url,
    byBot: isBot(run.actor),
  });
}

function release({ body }: Delivery): Translation {
  const payload = read(releasePayload, body);
  const { release: of } = payload;
  const repository = repositoryOf(payload.repository);
  if (payload.action === 'deleted' || payload.action === 'unpublished') {
    return { ignored: 'What was released stays released' };
  }
  if (of.draft || !of.published_at) {
    return { ignored: 'The release is a draft' };
  }
  return saying({
    kind: 'release',
    source: SOURCE,
    externalId: `${repository}/releases/${of.id}`,
    repository,
    tag: of.tag_name,
    prerelease: of.prerelease,
    at: of.published_at,
    url: of.html_url,
    byBot: isBot(of.author),
  });
}
