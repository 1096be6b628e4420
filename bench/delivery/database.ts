import knexFactory, { Knex } from 'knex';
import { openDatabase } from '../../plugins/dora-backend/src/database/migrate';

/** How much there is. */
export interface Size {
  components: number;
  deployments: number;
  changes: number;
  incidents: number;
  days: number;
}

export const SIZE: Size = JSON.parse(process.env.BENCH_SIZE ?? '{}');

/** The benchmark's database, as the backend has it. */
export async function openDora(): Promise<Knex> {
  return openDatabase({ getClient: async () => connect() });
}

/** As many connections as a backend of Backstage has. */
export function connect(): Knex {
  return knexFactory({
    client: 'pg',
    connection: JSON.parse(process.env.BENCH_DATABASE ?? ''),
    pool: { min: 0, max: 10 },
  });
}

/** Seconds that something took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}
