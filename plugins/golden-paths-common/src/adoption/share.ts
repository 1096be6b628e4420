import { CreationFact, Millis, ServiceFact } from './facts';

/** A part of a whole. */
export interface Share {
  /** 0..1; null where the whole is empty, which is no data and not 0 %. */
  value: number | null;
  /** The whole. */
  n: number;
  /** Those of it on a golden path. */
  golden: number;
}

/** A service that counts, with what its age and origin were found to be. */
export interface Origin {
  service: ServiceFact;
  /** A golden path made it. */
  isGolden: boolean;
  /** It is on one today: made by it, or put there later. */
  isOnPath: boolean;
  madeAt?: Millis;
}

/** The run that made each entity: the last one that succeeded. */
export function makersOf(
  creations: readonly CreationFact[],
): Map<string, CreationFact> {
  const makers = new Map<string, CreationFact>();
  for (const creation of creations) {
    const { entityRef, outcome, finishedAt } = creation;
    if (outcome !== 'succeeded' || !entityRef || finishedAt === undefined) {
      continue;
    }
    const other = makers.get(entityRef);
    if (!other || other.finishedAt! < finishedAt) {
      makers.set(entityRef, creation);
    }
  }
  return makers;
}

/**
 * Where each service came from. A golden path made it where a run here did, or
 * where it named a template when it was first seen; what was put on a path
 * later was not made by it.
 */
export function originsOf(
  services: readonly ServiceFact[],
  makers: ReadonlyMap<string, CreationFact>,
): Origin[] {
  return services.map(service => {
    const maker = makers.get(service.entityRef);
    const madeAt = maker?.finishedAt ?? service.madeAt;
    const isGolden = maker !== undefined || service.firstTemplate !== undefined;
    return {
      service,
      isGolden,
      isOnPath: isGolden || service.template !== undefined,
      ...(madeAt !== undefined && { madeAt }),
    };
  });
}

/** Of all there are, those that were adopted among them. */
export function shareOnPath(origins: readonly Origin[]): Share {
  return shareOf(origins.map(({ isOnPath }) => ({ isGolden: isOnPath })));
}

export function shareOf(origins: readonly { isGolden: boolean }[]): Share {
  const golden = origins.filter(({ isGolden }) => isGolden).length;
  const n = origins.length;
  return { value: n === 0 ? null : golden / n, n, golden };
}
