import {
  Deployment,
  DeploymentResult,
} from '@waymark/backstage-plugin-dora-common';
import { ObservationOf } from '@waymark/backstage-plugin-dora-node';
import { Kept } from '../../ingest/ObservationStore';
import { DeploymentRule } from '../../rules/rules';
import { Lines } from './Lines';
import { LeftOut, Listener, RuledComponent } from './Listener';
import { compare, factId, fits, fitting, grouped, ofKind } from './order';

type Observed = ObservationOf<'deployment'>;

const RESULTS: Partial<Record<Observed['status'], DeploymentResult>> = {
  success: 'success',
  failure: 'failure',
  cancelled: 'cancelled',
};
/** Of what is seen at the same moment. */
const RANK = [
  'queued',
  'in_progress',
  'success',
  'failure',
  'cancelled',
  'inactive',
];

/** What was deployed of some components, each deployment once for each of them. */
export function foldDeployments(
  kept: readonly Kept[],
  components: readonly RuledComponent[],
  lines: Lines,
  listener: Listener = {},
): Deployment[] {
  const told = ofKind(kept, 'deployment');
  const alike = grouped(components, ({ rules }) =>
    JSON.stringify(rules.deployments),
  );
  const facts = [...alike.values()].flatMap(members => {
    const leftOut = (one: Omit<LeftOut, 'entityRef'>) =>
      members.forEach(({ entityRef }) =>
        listener.leftOut?.({ ...one, entityRef }),
      );
    const observed = [
      ...told,
      ...configured(kept, members[0].rules.deployments, leftOut),
    ];
    const byDeployment = grouped(observed, ({ source, externalId }) =>
      JSON.stringify([source, externalId]),
    );
    return [...byDeployment.values()].flatMap(steps =>
      concerned(steps, members, listener).map(one => toFact(steps, one)),
    );
  });
  return withKinds(facts, lines).map(({ fact }) => fact);
}

export function deploymentId(
  source: string,
  externalId: string,
  entityRef: string,
): string {
  return factId(entityRef, 'deployment', source, externalId);
}

/** A deployment of a repository is of all its components unless it names them. */
function concerned(
  steps: readonly Observed[],
  components: readonly RuledComponent[],
  { leftOut }: Listener,
): RuledComponent[] {
  const named = new Set(steps.flatMap(({ entityRefs }) => entityRefs ?? []));
  const { repository } = steps[0];
  return components.filter(one => {
    const isOther = repository !== undefined && one.repository !== repository;
    const isNamed = named.size === 0 || named.has(one.entityRef);
    if (!isOther && isNamed) return true;
    leftOut?.({
      id: JSON.stringify([steps[0].source, steps[0].externalId]),
      entityRef: one.entityRef,
      kind: 'deployment',
      at: steps[steps.length - 1].at,
      title: `Deployment to ${steps[0].environment}`,
      url: steps.findLast(({ url }) => url)?.url,
      why: { code: isNamed ? 'other-repository' : 'names-others' },
    });
    return false;
  });
}

interface Draft {
  fact: Deployment;
  /** What the source says it is. */
  planned?: Deployment['kind'];
}

function toFact(
  unordered: readonly Observed[],
  { entityRef, rules }: RuledComponent,
): Draft {
  const steps = [...unordered].sort(
    (a, b) =>
      compare(a.at, b.at) || RANK.indexOf(a.status) - RANK.indexOf(b.status),
  );
  const [first] = steps;
  const last = steps[steps.length - 1];
  const ends = steps.filter(({ status }) => RESULTS[status]);
  const end = ends.at(-1);
  // Said twice, it was over the first time.
  const since = ends.findLastIndex(({ status }) => status !== end?.status) + 1;
  const begun = steps.find(({ status }) => status === 'in_progress');
  const started = (begun ?? first).at;
  const finished = ends[since]?.at;
  const latest = <K extends 'region' | 'sha' | 'url' | 'planned'>(key: K) =>
    steps.findLast(step => step[key] !== undefined)?.[key];
  const region = latest('region');
  const sha = latest('sha');
  const url = latest('url');
  return {
    planned: latest('planned'),
    fact: {
      id: deploymentId(first.source, first.externalId, entityRef),
      entityRef,
      environment: last.environment,
      production: fitting(rules.production, last.environment) !== undefined,
      ...(region && { region }),
      ...(sha && { sha }),
      startedAt: finished && finished < started ? finished : started,
      ...(end && { finishedAt: finished, result: RESULTS[end.status] }),
      originalResult: (end ?? last).originalStatus,
      kind: 'planned',
      ...(url && { url }),
      origin: { source: first.source, externalId: first.externalId },
    },
  };
}

/**
 * A deployment of what the place already had before its last one is a rollback,
 * also where the source does not say so. What it mends is that last one.
 */
function withKinds(drafts: readonly Draft[], lines: Lines): Draft[] {
  const places = grouped(drafts, ({ fact }) =>
    JSON.stringify([fact.entityRef, fact.environment, fact.region ?? null]),
  );
  return [...places.values()].flatMap(place => {
    const finished = place
      .map(({ fact }) => fact)
      .filter(({ result }) => result === 'success' || result === 'failure')
      .sort(
        (a, b) => compare(a.finishedAt!, b.finishedAt!) || compare(a.id, b.id),
      );
    return place.map(({ fact, planned }): Draft => {
      const { sha } = fact;
      const before = lastBefore(finished, fact);
      const isOlder =
        sha !== undefined &&
        before?.sha !== undefined &&
        before.sha !== sha &&
        lines.contains(before.sha, sha);
      const kind = planned ?? (isOlder ? 'rollback' : 'planned');
      const mends = kind !== 'planned' && before?.id;
      return {
        fact: { ...fact, kind, ...(mends && { mendsDeploymentId: mends }) },
      };
    });
  });
}

/** The last that was over when one began; they are in the order of their end. */
function lastBefore(
  finished: readonly Deployment[],
  { id, startedAt }: Deployment,
): Deployment | undefined {
  let [from, to] = [0, finished.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (finished[middle].finishedAt! <= startedAt) from = middle + 1;
    else to = middle;
  }
  const last = finished[from - 1];
  return last?.id === id ? finished[from - 2] : last;
}

/** Runs of workflows and releases that configuration calls deployments. */
function configured(
  kept: readonly Kept[],
  deployments: readonly DeploymentRule[],
  leftOut: (one: Omit<LeftOut, 'entityRef'>) => void,
): Observed[] {
  const rules = (from: 'workflow-run' | 'release', repository: string) =>
    deployments.filter(
      rule => rule.from === from && fits(rule.repository, repository),
    );
  const runs = ofKind(kept, 'workflow-run').flatMap((run): Observed[] => {
    const rule = rules('workflow-run', run.repository).find(
      ({ workflow, branch }) =>
        fits(branch, run.branch) &&
        (fits(workflow, run.workflow) || fits(workflow, run.path)),
    );
    if (!rule) {
      leftOut({
        id: JSON.stringify([run.source, run.externalId]),
        kind: 'workflow-run',
        at: run.at,
        title: `${run.workflow} on ${run.branch}`,
        url: run.url,
        why: { code: 'no-rule' },
      });
      return [];
    }
    const { workflow, path: _path, branch, event: _event, ...rest } = run;
    return [
      {
        ...rest,
        kind: 'deployment',
        environment: rule.environment,
        ref: branch,
        task: workflow,
      },
    ];
  });
  const tags = new Map(
    ofKind(kept, 'push').map(({ repository, ref, after }) => [
      `${repository} ${ref}`,
      after,
    ]),
  );
  const releases = ofKind(kept, 'release').flatMap((release): Observed[] => {
    const [rule] = rules('release', release.repository);
    if (!rule || release.prerelease) {
      leftOut({
        id: JSON.stringify([release.source, release.externalId]),
        kind: 'release',
        at: release.at,
        title: release.tag,
        url: release.url,
        why: { code: rule ? 'prerelease' : 'no-rule' },
      });
      return [];
    }
    const { tag, prerelease: _prerelease, ...rest } = release;
    const sha = tags.get(`${release.repository} refs/tags/${tag}`);
    return [
      {
        ...rest,
        kind: 'deployment',
        environment: rule.environment,
        ...(sha && { sha }),
        ref: tag,
        task: 'release',
        status: 'success',
        originalStatus: 'published',
      },
    ];
  });
  return [...runs, ...releases];
}
