import { setTimeout as delay } from 'node:timers/promises';
import { Knex } from 'knex';

const PATIENCE_MS = 180_000;

/** How much is still to be done. */
export interface Waiting {
  deliveries: number;
  repositories: number;
  components: number;
}

export async function waitingIn(knex: Knex): Promise<Waiting> {
  // What lies in the future is made anew when it has come: that is not waited for.
  const count = async (table: string, where: object) =>
    Number(
      (await knex(table)
        .where(where)
        .where('due_at', '<=', knex.fn.now())
        .count()
        .first())!.count,
    );
  const [inbox, units, rows] = await Promise.all([
    count('inbox', { state: 'waiting' }),
    count('units', { waiting: true }),
    count('row_work', { waiting: true }),
  ]);
  return { deliveries: inbox, repositories: units, components: rows };
}

/** Seconds until all deliveries are read, and all facts and rows made. */
export async function untilNothingWaits(knex: Knex) {
  const begun = performance.now();
  const lag: Partial<Record<keyof Waiting, number>> = {};
  while (performance.now() - begun < PATIENCE_MS) {
    const waiting = await waitingIn(knex);
    for (const [name, n] of Object.entries(waiting)) {
      const key = name as keyof Waiting;
      if (n === 0) lag[key] ??= (performance.now() - begun) / 1000;
      else delete lag[key];
    }
    if (Object.keys(lag).length === 3) return lag;
    await delay(100);
  }
  return lag;
}
