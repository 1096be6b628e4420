import { MetricRows } from '@waymark/backstage-plugin-dora-common';

/** First day of the month of an instant, in UTC. */
function monthOf(millis: number): string {
  return `${new Date(millis).toISOString().slice(0, 7)}-01`;
}

/** When the month after the one of this first day begins. */
export function nextMonth(month: string): number {
  const [year, number] = month.split('-').map(Number);
  return Date.UTC(year, number);
}

/** Rows by the month of their instant. */
export function byMonth(rows: MetricRows): Map<string, MetricRows> {
  const months = new Map<string, MetricRows>();
  for (const name of ['rollouts', 'changes', 'waiting', 'unlinked'] as const) {
    for (const row of rows[name]) {
      const month = monthOf(row.at);
      let own = months.get(month);
      if (!own) {
        own = { rollouts: [], changes: [], waiting: [], unlinked: [] };
        months.set(month, own);
      }
      (own[name] as (typeof row)[]).push(row);
    }
  }
  return months;
}
