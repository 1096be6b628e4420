import { Knex } from 'knex';
import { THIS_MONTH } from '../ingest/bodyMonths';

/** Names of the tables that bodies lie in, and how many in each. */
export async function bodiesByTable(
  knex: Knex,
): Promise<Record<string, number>> {
  const { rows } = await knex.raw(
    `select inhrelid::regclass::text as name, (
       select count(*)::int from bodies where tableoid = inhrelid
     ) as bodies
     from pg_inherits where inhparent = 'bodies'::regclass order by 1`,
  );
  return Object.fromEntries(
    rows.map(({ name, bodies }: { name: string; bodies: number }) => [
      name,
      bodies,
    ]),
  );
}

/** Name of the table of a month. */
export async function tableAt(knex: Knex, instant = 'now()'): Promise<string> {
  const { rows } = await knex.raw(
    `select to_char((${instant}) at time zone 'utc', '"bodies_"YYYY_MM') as name`,
  );
  return rows[0].name;
}

/** A delivery came then; SQL. */
export async function cameAt(
  knex: Knex,
  delivery: object,
  instant: string,
): Promise<void> {
  const month = `date_trunc('month', (${instant}) at time zone 'utc')::date`;
  const { id } = await knex('inbox').where(delivery).first('id');
  await knex.transaction(async trx => {
    await trx('inbox')
      .where({ id })
      .update({ received_at: trx.raw(instant), month: trx.raw(month) });
    await trx('bodies')
      .where({ inbox_id: id })
      .update({ month: trx.raw(month) });
  });
}

/** This month has begun, and nobody has made a table for it. */
export async function forgetThisMonth(knex: Knex): Promise<void> {
  const table = await tableAt(knex);
  await knex.transaction(async trx => {
    await trx.raw('alter table bodies detach partition ??', [table]);
    await trx.raw('insert into bodies select * from ??', [table]);
    await trx.raw('drop table ??', [table]);
    await trx('body_months')
      .where({ month: trx.raw(THIS_MONTH) })
      .delete();
  });
}

/** Until that many statements wait for a lock. */
export async function blocked(knex: Knex, statements = 1): Promise<void> {
  const end = Date.now() + 30_000;
  for (;;) {
    const waiting = await knex('pg_stat_activity')
      .where({ wait_event_type: 'Lock' })
      .whereRaw('datname = current_database()');
    if (waiting.length >= statements) return;
    if (Date.now() > end) throw new Error('Nothing waits for a lock');
  }
}
