import { Deployment, Incident } from '../facts';
import { firstAt, groupBy, HOUR } from './instants';
import { Finished, finishedDeployments } from './rollouts';

/** What the source says of the deployment that caused an incident. */
export interface StatedCause {
  deploymentId?: string;
  sha?: string;
}

/** An incident as its source tells it. */
export type ReportedIncident = Omit<Incident, 'deploymentId' | 'linkedBy'> & {
  cause?: StatedCause;
};

/** Why an incident has no deployment. */
export const UNLINKED_REASONS = [
  'stated-unknown',
  'before-first',
  'too-late',
] as const;
export type UnlinkedReason = (typeof UNLINKED_REASONS)[number];

/**
 * Finds the deployment that caused each incident: the one that the source states,
 * or else the latest successful production deployment of the component that
 * finished in the `hours` before it began. What is stated and not known links to
 * nothing, so that no other deployment is blamed.
 */
export function linkIncidents(
  incidents: readonly ReportedIncident[],
  deployments: readonly Deployment[],
  hours: number,
  /** Is told why, of each incident that belongs to no deployment. */
  unlinked?: (incidentId: string, why: UnlinkedReason) => void,
): Incident[] {
  const finished = finishedDeployments(deployments, Infinity);
  const known = new Set(deployments.map(({ id }) => id));
  const byEntity = groupBy(finished, ({ fact }) => fact.entityRef);

  return incidents.map(({ cause, ...incident }): Incident => {
    const none = (why: UnlinkedReason): Incident => {
      unlinked?.(incident.id, why);
      return { ...incident, linkedBy: 'none' };
    };
    const own = byEntity.get(incident.entityRef) ?? [];
    const began = Date.parse(incident.startedAt);
    if (cause?.deploymentId !== undefined || cause?.sha !== undefined) {
      const deploymentId = known.has(cause.deploymentId ?? '')
        ? cause.deploymentId
        : ofCommit(own, cause.sha, began)?.id;
      return deploymentId === undefined
        ? none('stated-unknown')
        : { ...incident, deploymentId, linkedBy: 'stated' };
    }
    const latest = own
      .slice(0, firstAt(own, began + 1))
      .findLast(({ fact }) => fact.result === 'success');
    if (latest === undefined) return none('before-first');
    return latest.at <= began - hours * HOUR
      ? none('too-late')
      : { ...incident, deploymentId: latest.id, linkedBy: 'window' };
  });
}

/** The latest of that commit which had begun, also one that failed. */
function ofCommit(own: Finished[], sha: string | undefined, began: number) {
  const same = own.filter(({ fact }) => sha !== undefined && fact.sha === sha);
  return same.findLast(({ startedAt }) => startedAt <= began) ?? same[0];
}
