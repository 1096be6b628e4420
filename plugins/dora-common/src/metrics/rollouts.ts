import { Deployment, DeploymentKind } from '../facts';
import { byTime, credible, groupBy, HOUR, Millis } from './instants';

/** A production deployment that succeeded or failed, with its times read. */
export interface Finished {
  id: string;
  fact: Deployment;
  startedAt: Millis;
  /** When it finished. */
  at: Millis;
}

/**
 * One commit of one component brought to production, in all its environments and
 * regions: what the metrics count as one deployment.
 */
export interface Rollout {
  /** Of its first deployment. */
  id: string;
  entityRef: string;
  kind: DeploymentKind;
  /** In the order in which they finished. */
  deployments: Finished[];
  /** When it first succeeded; where it never did, when it first failed. */
  at: Millis;
  /** Whether it succeeded anywhere. */
  reached: boolean;
}

/** In the order in which they finished; those that run or were cancelled are not. */
export function finishedDeployments(
  deployments: readonly Deployment[],
  now: Millis,
): Finished[] {
  const finished: Finished[] = [];
  for (const fact of deployments) {
    const at = credible(fact.finishedAt, now);
    const ran = fact.result === 'success' || fact.result === 'failure';
    if (!fact.production || !ran || at === undefined) continue;
    const startedAt = Math.min(credible(fact.startedAt, now) ?? at, at);
    finished.push({ id: fact.id, fact, startedAt, at });
  }
  return finished.sort(byTime);
}

/** Where it went: a component's place is served by one deployment at a time. */
export function placeOf({ fact }: Finished): string {
  return JSON.stringify([fact.entityRef, fact.environment, fact.region]);
}

/**
 * Puts together what was deployed of one commit to different places and began
 * within `hours` of the first; the same commit to the same place again is
 * another rollout.
 */
export function rolloutsOf(finished: Finished[], hours: number): Rollout[] {
  const sameCommit = groupBy(finished, ({ fact }) =>
    JSON.stringify([fact.entityRef, fact.sha ?? fact.id, fact.kind]),
  );
  return [...sameCommit.values()]
    .flatMap(deployments => split(deployments, hours * HOUR))
    .map(toRollout)
    .sort(byTime);
}

function split(deployments: Finished[], length: Millis): Finished[][] {
  const begun = deployments
    .map(deployment => ({
      ...deployment,
      at: deployment.startedAt,
      deployment,
    }))
    .sort(byTime);
  const groups: { places: Set<string>; since: Millis; of: Finished[] }[] = [];
  let oldest = 0;
  for (const { at, deployment } of begun) {
    while (oldest < groups.length && groups[oldest].since + length <= at) {
      oldest += 1;
    }
    const place = placeOf(deployment);
    let group = groups.slice(oldest).find(({ places }) => !places.has(place));
    if (!group) {
      group = { places: new Set(), since: at, of: [] };
      groups.push(group);
    }
    group.places.add(place);
    group.of.push(deployment);
  }
  return groups.map(({ of }) => of.sort(byTime));
}

function toRollout(deployments: Finished[]): Rollout {
  const success = deployments.find(({ fact }) => fact.result === 'success');
  const { fact } = deployments[0];
  return {
    id: fact.id,
    entityRef: fact.entityRef,
    kind: fact.kind,
    deployments,
    at: (success ?? deployments[0]).at,
    reached: success !== undefined,
  };
}
