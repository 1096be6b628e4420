import { History } from './history';
import { within } from './instants';
import { Durations, percentilesOf } from './percentiles';
import { LeadTimeResult } from './results';
import { ChangeRow, LeadTime } from './rows';
import { Middle } from './spread';
import { past, Window } from './window';

/** Whose changes make the value: people's, all, or programs' only. */
export const BOTS = ['apart', 'with', 'only'] as const;
export type Bots = (typeof BOTS)[number];

/** What the lead time is computed of; durations in seconds. */
export interface DeployedChanges {
  /** Those that make the value, with a lead time or without. */
  n: number;
  total: Middle;
  coding: Middle;
  review: Middle;
  deploy: Middle;
  flagged: number;
  unknown: number;
  waiting: number;
  /** All that programs made. */
  bots: { n: number; total: Middle };
}

/**
 * First commit of a change until the first successful production deployment that
 * contains it has finished, by changes deployed in the window; in seconds.
 */
export function leadTime(
  history: History,
  window: Window,
  bots: Bots = 'apart',
): LeadTimeResult {
  const happened = past(window, history.now);
  const counts = (change: { bot: boolean }) => countsFor(change, bots);
  const all = within(history.changes, happened);
  const deployed = all.filter(counts);
  const leads = leadsOf(deployed);
  const byBots = all.filter(({ bot }) => bot);
  const known = (stage: 'coding' | 'review') =>
    leads.flatMap(lead => lead[stage] ?? []);
  return leadTimeOf({
    n: deployed.length,
    total: middleOf(leads.map(({ total }) => total)),
    coding: middleOf(known('coding')),
    review: middleOf(known('review')),
    deploy: middleOf(leads.map(({ deploy }) => deploy)),
    flagged: deployed.filter(({ clockFault }) => clockFault).length,
    unknown: deployed.filter(({ lead, clockFault }) => !lead && !clockFault)
      .length,
    waiting: within(history.waiting, happened).filter(counts).length,
    bots: {
      n: byBots.length,
      total: middleOf(leadsOf(byBots).map(({ total }) => total)),
    },
  });
}

export function leadTimeOf(changes: DeployedChanges): LeadTimeResult {
  const { n, flagged, unknown, waiting, bots } = changes;
  const rest = {
    flagged,
    unknown,
    waiting,
    bots: { n: bots.n, value: bots.total.percentiles?.p50 },
  };
  const { percentiles } = changes.total;
  if (!percentiles) {
    const why = n === 0 ? 'no-changes' : 'no-lead-times';
    return { status: 'no-data', why, n, ...rest };
  }
  return {
    status: 'ok',
    value: percentiles.p50,
    n: changes.total.n,
    ...percentiles,
    stages: {
      coding: stageOf(changes.coding),
      review: stageOf(changes.review),
      deploy: stageOf(changes.deploy),
    },
    ...rest,
  };
}

/** Whether a change is one of those that make the value. */
export function countsFor(change: { bot: boolean }, bots: Bots): boolean {
  return bots === 'with' || change.bot === (bots === 'only');
}

function leadsOf(changes: ChangeRow[]): LeadTime[] {
  return changes.flatMap(({ lead }) => lead ?? []);
}

function middleOf(values: Durations): Middle {
  return { n: values.length, percentiles: percentilesOf(values) };
}

function stageOf({ n, percentiles }: Middle) {
  return percentiles && { n, median: percentiles.p50 };
}
