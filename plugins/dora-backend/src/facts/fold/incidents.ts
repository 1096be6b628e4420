import { ReportedIncident } from '@waymark/backstage-plugin-dora-common';
import { ObservationOf } from '@waymark/backstage-plugin-dora-node';
import { Component } from '../../components/ComponentStore';
import { Kept } from '../../ingest/ObservationStore';
import { deploymentId } from './deployments';
import { compare, factId, grouped, ofKind } from './order';

type Observed = ObservationOf<'incident'>;

/** Of what is seen at the same moment. */
const RANK = ['triggered', 'acknowledged', 'resolved', 'reopened'];

/** What was broken of some components, each incident once for each of them. */
export function foldIncidents(
  kept: readonly Kept[],
  components: readonly Component[],
): ReportedIncident[] {
  const incidents = grouped(
    ofKind(kept, 'incident'),
    ({ source, externalId }) => JSON.stringify([source, externalId]),
  );
  return [...incidents.values()].flatMap(steps =>
    components
      .filter(component => steps.some(step => isAbout(step, component)))
      .map(({ entityRef }) => toFact(steps, entityRef)),
  );
}

function isAbout(step: Observed, component: Component): boolean {
  const { entityRefs, repository, service } = step;
  if (entityRefs) return entityRefs.includes(component.entityRef);
  if (service && component.services.includes(service)) return true;
  return repository !== undefined && repository === component.repository;
}

function toFact(
  unordered: readonly Observed[],
  entityRef: string,
): ReportedIncident {
  const steps = [...unordered].sort(
    (a, b) =>
      compare(a.at, b.at) || RANK.indexOf(a.status) - RANK.indexOf(b.status),
  );
  const [first] = steps;
  const last = steps[steps.length - 1];
  const stated = steps.flatMap(({ startedAt }) => startedAt ?? []).sort();
  const startedAt = stated[0] ?? first.at;
  const detected = steps.find(({ status }) => status !== 'resolved');
  // Said twice, it was over the first time.
  const since = steps.findLastIndex(({ status }) => status !== 'resolved') + 1;
  const { source, externalId } = first;
  const url = steps.findLast(step => step.url)?.url;
  const cause = steps.findLast(step => step.cause)?.cause;
  return {
    id: factId('incident', source, externalId, entityRef),
    entityRef,
    severity: steps.findLast(step => step.severity)?.severity ?? '',
    title: steps.findLast(step => step.title)?.title ?? '',
    ...(url && { url }),
    startedAt,
    ...(detected && { detectedAt: detected.at }),
    ...(last.status === 'resolved' && { resolvedAt: steps[since].at }),
    ...(cause && {
      cause: {
        ...(cause.sha && { sha: cause.sha }),
        ...(cause.deployment && {
          deploymentId: deploymentId(
            cause.deployment.source,
            cause.deployment.externalId,
            entityRef,
          ),
        }),
      },
    }),
    origin: { source, externalId },
  };
}
