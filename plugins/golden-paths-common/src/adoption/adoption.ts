import { intervalsOf } from '@waymark/backstage-plugin-dora-common';
import { compare } from './compare';
import { CreationFact, ServiceFact, TemplateFact } from './facts';
import {
  makersOf,
  Origin,
  originsOf,
  Share,
  shareOf,
  shareOnPath,
} from './share';
import { positionOf } from './standing';
import { Went, wentOf } from './went';
import { Window, within } from './window';

/** What became of what golden paths made in a window. The parts add up. */
export interface Fate {
  created: number;
  /** In the catalog, and not behind its template. */
  onPath: number;
  /** In the catalog, and made from an older version than the newest. */
  drifting: number;
  /** In the catalog, and names no template, or another one than made it. */
  offRoad: number;
  /** No longer in the catalog, or not yet. */
  gone: number;
  /** It names its template, but its version or the template's is not known. */
  unknown: number;
}

export interface Adoption extends Went {
  /** Of the services that came into being in the window. */
  share: Share;
  /** Of all services there are today, whatever their age; adopted ones count. */
  today: Share;
  /** Services of which nobody knows when they came into being. */
  unknownAge: number;
  byTeam: { owner: string | null; share: Share; today: Share }[];
  byMonth: { month: string; partial: boolean; share: Share }[];
  fate: Fate;
}

/** How far golden paths are taken. */
export function adoptionOf(
  facts: {
    /** Those that the caller may see. */
    services: readonly ServiceFact[];
    creations: readonly CreationFact[];
    templates: ReadonlyMap<string, TemplateFact>;
  },
  window: Window,
  /** Types of components that a golden path could have made. */
  types: ReadonlySet<string>,
): Adoption {
  const makers = makersOf(facts.creations);
  const counted = facts.services.filter(
    ({ isGone, type }) => !isGone && type !== undefined && types.has(type),
  );
  const origins = originsOf(counted, makers);
  const fresh = origins.filter(({ madeAt }) => within(madeAt, window));
  return {
    share: shareOf(fresh),
    today: shareOnPath(origins),
    unknownAge: origins.filter(({ madeAt }) => madeAt === undefined).length,
    byTeam: byTeam(origins, window),
    byMonth: intervalsOf({ ...window, interval: 'month' }).map(month => ({
      month: month.label,
      partial: month.partial,
      share: shareOf(fresh.filter(({ madeAt }) => within(madeAt, month))),
    })),
    fate: fateOf(facts, makers, window),
    ...wentOf(
      facts.creations.filter(({ queuedAt }) => within(queuedAt, window)),
    ),
  };
}

function byTeam(
  origins: readonly Origin[],
  window: Window,
): Adoption['byTeam'] {
  const teams = new Map<string | null, Origin[]>();
  for (const origin of origins) {
    const owner = origin.service.owner ?? null;
    const team = teams.get(owner);
    if (team) team.push(origin);
    else teams.set(owner, [origin]);
  }
  return [...teams]
    .sort(([a], [b]) => compare(a ?? '', b ?? ''))
    .map(([owner, members]) => ({
      owner,
      share: shareOf(members.filter(({ madeAt }) => within(madeAt, window))),
      today: shareOnPath(members),
    }));
}

function fateOf(
  facts: Parameters<typeof adoptionOf>[0],
  makers: ReadonlyMap<string, CreationFact>,
  window: Window,
): Fate {
  const services = new Map(facts.services.map(one => [one.entityRef, one]));
  const fate: Fate = {
    created: 0,
    onPath: 0,
    drifting: 0,
    offRoad: 0,
    gone: 0,
    unknown: 0,
  };
  for (const [entityRef, { templateRef, finishedAt }] of makers) {
    if (!within(finishedAt, window)) continue;
    fate.created += 1;
    fate[whereIs(services.get(entityRef), templateRef, facts.templates)] += 1;
  }
  return fate;
}

function whereIs(
  service: ServiceFact | undefined,
  templateRef: string,
  templates: ReadonlyMap<string, TemplateFact>,
): Exclude<keyof Fate, 'created'> {
  if (!service || service.isGone) return 'gone';
  if (service.template !== templateRef) return 'offRoad';
  const { standing } = positionOf(service, templates.get(templateRef));
  if (standing === 'unknown') return 'unknown';
  return standing === 'behind' ? 'drifting' : 'onPath';
}
