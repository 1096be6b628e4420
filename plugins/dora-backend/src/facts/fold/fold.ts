import {
  deployedChanges,
  Deployment,
  Facts,
  Incident,
  linkIncidents,
} from '@waymark/backstage-plugin-dora-common';
import { Component } from '../../components/ComponentStore';
import { FactSettings } from '../../config';
import { Kept } from '../../ingest/ObservationStore';
import { rulesOf } from '../../rules/rulesOf';
import { foldChanges } from './changes';
import { foldDeployments } from './deployments';
import { foldIncidents } from './incidents';
import { Lines } from './Lines';
import { Listener } from './Listener';
import { compare, grouped, ofKind } from './order';
import { prepared } from './prepared';

/** Grows with each change to what facts are made of the same observations. */
export const FOLD_VERSION = 3;

/**
 * What observations mean for the components of a repository, or for one without.
 * Pure: the same observations in any order make the same facts.
 */
export function fold(
  said: readonly Kept[],
  components: readonly Component[],
  settings: FactSettings,
  listener: Listener = {},
): Facts {
  const kept = prepared(said, components);
  const ruled = components.map(component => ({
    ...component,
    rules: rulesOf(component, settings).rules,
  }));
  const lines = new Lines(ofKind(kept, 'push'), ofKind(kept, 'ancestry'));
  const deployed = foldDeployments(kept, ruled, lines, listener);
  const incidents = linkIncidents(
    foldIncidents(kept, ruled, listener),
    deployed,
    settings.incidentHours,
    listener.unlinked,
  );
  const changes = deployedChanges(
    foldChanges(kept, ruled, lines, listener),
    deployed,
    (_repository, sha, merged) => lines.contains(sha, merged),
    settings.firstDeploymentDays,
    listener.unclaimed,
  );
  const caused = grouped(incidents, one => one.deploymentId ?? '');
  const deployments = deployed.map(one =>
    withIncident(one, caused.get(one.mendsDeploymentId ?? '') ?? []),
  );
  const byId = (a: { id: string }, b: { id: string }) => compare(a.id, b.id);
  return {
    deployments: deployments.sort(byId),
    changes: changes.sort(byId),
    incidents: incidents.sort(byId),
  };
}

/** The incident that was open when somebody set out to mend its deployment. */
function withIncident(
  deployment: Deployment,
  caused: readonly Incident[],
): Deployment {
  const { mendsDeploymentId, startedAt, entityRef } = deployment;
  if (!mendsDeploymentId) return deployment;
  const [open] = caused
    .filter(
      one =>
        one.entityRef === entityRef &&
        one.startedAt <= startedAt &&
        (one.resolvedAt ?? startedAt) >= startedAt,
    )
    .sort((a, b) => compare(a.startedAt, b.startedAt) || compare(a.id, b.id));
  return open ? { ...deployment, incidentId: open.id } : deployment;
}
