import { Spread, spreadOf, timesOf } from './durations';
import { CreationFact, Millis } from './facts';
import { makersOf } from './share';
import { runsOf } from './went';
import { Window, within } from './window';

export const FUNNEL_STEPS = [
  /** A form was opened. */
  'opened',
  /** A run was asked for, by a form or by any other door. */
  'started',
  /** The run succeeded. */
  'finished',
  /** Somebody's first change of what was made was merged. */
  'first-commit',
  'first-deployment',
] as const;
export type FunnelStepName = (typeof FUNNEL_STEPS)[number];

/** A form that somebody opened, nobody knows who. */
export interface VisitFact {
  openedAt: Millis;
  /** When the form was sent. */
  startedAt?: Millis;
}

/** What delivery knows of what a run made; left out where there was none yet. */
export interface FirstFact {
  /** First commit of the first change that a person merged. */
  firstCommitAt?: Millis;
  /** When the first successful deployment to production was done. */
  firstDeploymentAt?: Millis;
}

export interface FunnelStep {
  step: FunnelStepName;
  /** Null where it is not known, which is not 0. */
  n: number | null;
  /** In seconds, of those that came so far. */
  time: (Spread & { since: FunnelStepName }) | null;
}

/** How far creations of a window came, and how long it took. */
export function funnelOf(
  facts: {
    creations: readonly CreationFact[];
    /** Undefined where forms were not counted in the window. */
    visits: readonly VisitFact[] | undefined;
    /** By entity; undefined where delivery does not say. */
    firsts: ReadonlyMap<string, FirstFact> | undefined;
  },
  window: Window,
): FunnelStep[] {
  const { firsts } = facts;
  const visits = facts.visits?.filter(one => within(one.openedAt, window));
  const runs = facts.creations.filter(one => within(one.queuedAt, window));
  const made = [...makersOf(runs)];
  const first = (name: keyof FirstFact): Omit<FunnelStep, 'step'> => {
    if (!firsts) return { n: null, time: null };
    const times = made.flatMap(([entityRef, { finishedAt }]) => {
      const at = firsts.get(entityRef)?.[name];
      return at === undefined ? [] : secondsBetween(finishedAt!, at);
    });
    return {
      n: times.length,
      time: { ...spreadOf(times), since: 'finished' },
    };
  };
  return [
    { step: 'opened', n: visits?.length ?? null, time: null },
    {
      step: 'started',
      n: runs.length,
      time: visits
        ? {
            ...spreadOf(
              visits.flatMap(({ openedAt, startedAt }) =>
                startedAt === undefined
                  ? []
                  : secondsBetween(openedAt, startedAt),
              ),
            ),
            since: 'opened',
          }
        : null,
    },
    {
      step: 'finished',
      n: runsOf(runs).succeeded,
      time: { ...timesOf(runs).total, since: 'started' },
    },
    { step: 'first-commit', ...first('firstCommitAt') },
    { step: 'first-deployment', ...first('firstDeploymentAt') },
  ];
}

/** Clocks of two machines may differ; nothing takes less than nothing. */
function secondsBetween(from: Millis, to: Millis): number {
  return Math.max(0, to - from) / 1000;
}
