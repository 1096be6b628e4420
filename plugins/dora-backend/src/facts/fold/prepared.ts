import { ObservationOf } from '@waymark/backstage-plugin-dora-node';
import { Component } from '../../components/ComponentStore';
import { Kept } from '../../ingest/ObservationStore';
import { compare, grouped, ofKind } from './order';

type Deployed = ObservationOf<'deployment'>;

const idOf = ({ source, externalId }: Deployed) =>
  JSON.stringify([source, externalId]);

/**
 * Observations with what others say of them: commits in place of artifacts,
 * components in place of services, and no end of what had ended before.
 */
export function prepared(
  kept: readonly Kept[],
  components: readonly Component[],
): readonly Kept[] {
  if (!kept.some(isIndirect)) return kept;
  // The last word holds where an artifact was made twice under one name.
  const commits = new Map(
    ofKind(kept, 'artifact').map(({ artifact, sha }) => [artifact, sha]),
  );
  const ended = firstEnds(kept);
  return kept.flatMap(({ key, observation }): Kept[] => {
    switch (observation.kind) {
      case 'deployment': {
        const end = ended.get(idOf(observation));
        if (observation.unlessEnded && end && end < observation.at) return [];
        const named = withComponents(observation, components);
        return named ? [{ key, observation: withCommit(named, commits) }] : [];
      }
      case 'incident': {
        const { cause, ...incident } = observation;
        const known = cause && withCommit(cause, commits);
        // An artifact of which nobody knows the commit is no cause.
        const stated = known?.sha || known?.deployment ? { cause: known } : {};
        return [{ key, observation: { ...incident, ...stated } }];
      }
      default:
        return [{ key, observation }];
    }
  });
}

function isIndirect({ observation }: Kept): boolean {
  switch (observation.kind) {
    case 'deployment':
      return Boolean(
        observation.service || observation.artifact || observation.unlessEnded,
      );
    case 'incident':
      return observation.cause?.artifact !== undefined;
    default:
      return false;
  }
}

/** When each deployment first came to an end that holds. */
function firstEnds(kept: readonly Kept[]): Map<string, string> {
  const ends = ofKind(kept, 'deployment').filter(
    ({ status, unlessEnded }) =>
      !unlessEnded && ['success', 'failure', 'cancelled'].includes(status),
  );
  return new Map(
    [...grouped(ends, idOf)].map(([id, all]) => [
      id,
      all.map(({ at }) => at).sort(compare)[0],
    ]),
  );
}

function withCommit<T extends { sha?: string; artifact?: string }>(
  value: T,
  commits: ReadonlyMap<string, string>,
): T {
  const sha = value.sha ?? commits.get(value.artifact ?? '');
  return sha ? { ...value, sha } : value;
}

function withComponents(
  deployment: Deployed,
  components: readonly Component[],
): Deployed | undefined {
  const { service, entityRefs } = deployment;
  if (!service || entityRefs) return deployment;
  const named = components
    .filter(({ services }) => services.includes(service))
    .map(({ entityRef }) => entityRef);
  return named.length > 0 ? { ...deployment, entityRefs: named } : undefined;
}
