import { History } from './history';
import { within } from './instants';
import { median, percentilesOf } from './percentiles';
import { LeadTimeResult } from './results';
import { ChangeRow, LeadTime } from './rows';
import { past, Window } from './window';

/** Whose changes make the value: people's, all, or programs' only. */
export const BOTS = ['apart', 'with', 'only'] as const;
export type Bots = (typeof BOTS)[number];

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
  const rest = {
    flagged: deployed.filter(({ clockFault }) => clockFault).length,
    unknown: deployed.filter(({ lead, clockFault }) => !lead && !clockFault)
      .length,
    waiting: within(history.waiting, happened).filter(counts).length,
    bots: {
      n: byBots.length,
      value: median(leadsOf(byBots).map(({ total }) => total)),
    },
  };
  const totals = percentilesOf(leads.map(({ total }) => total));
  if (!totals) {
    const n = deployed.length;
    const why = n === 0 ? 'no-changes' : 'no-lead-times';
    return { status: 'no-data', why, n, ...rest };
  }
  return {
    status: 'ok',
    value: totals.p50,
    n: leads.length,
    ...totals,
    stages: {
      coding: stageOf(leads.map(({ coding }) => coding)),
      review: stageOf(leads.map(({ review }) => review)),
      deploy: stageOf(leads.map(({ deploy }) => deploy)),
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

function stageOf(values: (number | undefined)[]) {
  const known = values.filter(value => value !== undefined);
  const middle = median(known);
  return middle === undefined ? undefined : { n: known.length, median: middle };
}
