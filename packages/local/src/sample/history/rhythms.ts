import { SampleComponent } from '../schema';

/** How a team delivers. */
export interface Rhythm {
  /** Releases of a component in a week; below 2, they leave on a fixed day. */
  perWeek: number;
  /** Pull requests in a release. */
  pulls: number;
  /** Medians in hours. */
  coding: number;
  review: number;
  repair: number;
  /** Share of releases after which somebody had to step in. */
  failures: number;
  /** Of pull requests. */
  bots: number;
  merges: 'squash' | 'merge';
  regions?: string[];
  /** Whether a small part of the traffic comes first. */
  canary?: boolean;
  /** Whether a release is tried on staging before. */
  staging?: boolean;
  /** What failures and waits come to over the six months: 0.4 is less than half. */
  becomes?: number;
  /** Nothing leaves in these weeks, counted back from today. */
  frozenWeeks?: number[];
}

const RHYTHMS: Record<string, Rhythm> = {
  'platform-engineering': {
    perWeek: 5,
    pulls: 1.1,
    coding: 3,
    review: 1.5,
    repair: 0.5,
    failures: 0.04,
    bots: 0.3,
    merges: 'squash',
    canary: true,
  },
  identity: {
    perWeek: 3.5,
    pulls: 1.2,
    coding: 7,
    review: 4,
    repair: 0.8,
    failures: 0.05,
    bots: 0.25,
    merges: 'squash',
    staging: true,
  },
  checkout: {
    perWeek: 4,
    pulls: 1.1,
    coding: 5,
    review: 2.5,
    repair: 0.7,
    failures: 0.07,
    bots: 0.2,
    merges: 'squash',
    regions: ['eu-north', 'eu-west'],
  },
  storefront: {
    perWeek: 3.2,
    pulls: 1.3,
    coding: 8,
    review: 5,
    repair: 1.5,
    failures: 0.1,
    bots: 0.2,
    merges: 'squash',
    canary: true,
  },
  payments: {
    perWeek: 1,
    pulls: 4,
    coding: 16,
    review: 26,
    repair: 2.5,
    failures: 0.06,
    bots: 0.15,
    merges: 'merge',
    staging: true,
    frozenWeeks: [9, 10],
  },
  fulfilment: {
    perWeek: 0.5,
    pulls: 6,
    coding: 22,
    review: 20,
    repair: 7,
    failures: 0.18,
    bots: 0.1,
    merges: 'merge',
    staging: true,
  },
  delivery: {
    perWeek: 3,
    pulls: 1.4,
    coding: 9,
    review: 12,
    repair: 3,
    failures: 0.14,
    bots: 0.15,
    merges: 'squash',
    becomes: 0.4,
  },
  'data-insights': {
    perWeek: 0.25,
    pulls: 6,
    coding: 30,
    review: 40,
    repair: 20,
    failures: 0.22,
    bots: 0.05,
    merges: 'merge',
  },
};

/** A component delivers as its team does, but not if it is something else. */
export function rhythmOf({
  owner,
  type,
  lifecycle,
}: Pick<SampleComponent, 'owner' | 'type' | 'lifecycle'>): Rhythm {
  const rhythm = RHYTHMS[owner] ?? RHYTHMS.delivery;
  const { regions: _regions, ...simple } = { ...rhythm, canary: false };
  if (lifecycle === 'deprecated') {
    return { ...simple, perWeek: Math.min(rhythm.perWeek, 0.2), pulls: 1 };
  }
  if (type === 'mobile-app') {
    // The stores' own review sets the pace.
    return { ...simple, perWeek: 0.5, pulls: 6, repair: 30 };
  }
  if (type === 'library' || type === 'cron-job') {
    return { ...simple, perWeek: Math.min(rhythm.perWeek / 4, 1.5), pulls: 2 };
  }
  return rhythm;
}
