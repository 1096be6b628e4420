import { ReportedIncident } from '@waymark/backstage-plugin-dora-common';
import {
  INCIDENT_STATUSES,
  ObservationOf,
} from '@waymark/backstage-plugin-dora-node';
import { Kept } from '../../ingest/ObservationStore';
import { deploymentId } from './deployments';
import { LeftOutReason, Listener, RuledComponent } from './Listener';
import { compare, factId, fitting, grouped, ofKind } from './order';

type Observed = ObservationOf<'incident'>;

/** What was broken of some components, each incident once for each of them. */
export function foldIncidents(
  kept: readonly Kept[],
  components: readonly RuledComponent[],
  { leftOut }: Listener = {},
): ReportedIncident[] {
  const incidents = grouped(
    ofKind(kept, 'incident'),
    ({ source, externalId }) => JSON.stringify([source, externalId]),
  );
  return [...incidents.values()].map(inOrder).flatMap(all => {
    const isWithdrawn = all[all.length - 1].status === 'withdrawn';
    // What was withdrawn and came back was an incident all the time.
    const steps = isWithdrawn
      ? all
      : all.filter(({ status }) => status !== 'withdrawn');
    // It may have been moved: what it is about was said last.
    const last = steps[steps.length - 1];
    return components
      .filter(component => isAbout(last, component))
      .flatMap(({ entityRef, rules }) => {
        const incident = toFact(steps, entityRef);
        const why = isWithdrawn
          ? ({ code: 'withdrawn' } as const)
          : notCounted(incident, last.environment, rules);
        if (!why) return [incident];
        const { id, startedAt: at, title, url } = incident;
        leftOut?.({ id, entityRef, kind: 'incident', at, title, url, why });
        return [];
      });
  });
}

function notCounted(
  { severity }: ReportedIncident,
  environment: string | undefined,
  { production, severities }: RuledComponent['rules'],
): LeftOutReason | undefined {
  if (environment && fitting(production, environment) === undefined) {
    return { code: 'environment', environment };
  }
  return fitting(severities, severity) === undefined
    ? { code: 'severity', severity }
    : undefined;
}

function isAbout(step: Observed, component: RuledComponent): boolean {
  const { entityRefs, repository, service } = step;
  if (entityRefs) {
    const isOwn = !repository || repository === component.repository;
    return isOwn && entityRefs.includes(component.entityRef);
  }
  if (service && component.services.includes(service)) return true;
  return repository !== undefined && repository === component.repository;
}

function inOrder(steps: readonly Observed[]): Observed[] {
  const rank = ({ status }: Observed) => INCIDENT_STATUSES.indexOf(status);
  return [...steps].sort((a, b) => compare(a.at, b.at) || rank(a) - rank(b));
}

function toFact(
  steps: readonly Observed[],
  entityRef: string,
): ReportedIncident {
  const [first] = steps;
  const last = steps[steps.length - 1];
  const startedAt =
    steps.findLast(step => step.startedAt)?.startedAt ?? first.at;
  const detected = steps.find(({ status }) => status !== 'resolved');
  // Said twice, it was over the first time.
  const since = steps.findLastIndex(({ status }) => status !== 'resolved') + 1;
  const { source, externalId } = first;
  const url = steps.findLast(step => step.url)?.url;
  const cause = steps.findLast(step => step.cause)?.cause;
  return {
    id: factId(entityRef, 'incident', source, externalId),
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
