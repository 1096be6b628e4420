import { Knex } from 'knex';

/** First day of this month in UTC, by the database's clock. */
export const THIS_MONTH = `date_trunc('month', now() at time zone 'utc')::date`;

/** Whether what a row of the inbox has as its body is still there. */
export const HAS_BODY = `(inbox.body is not null
  or inbox.month is not null and inbox.month <> all(array(
    select month from body_months where dropped_at is not null
  )))`;

/** The body of a row of the inbox: in itself, or in its month. */
export const BODY = `coalesce(inbox.body, (
  select bodies.body from bodies
  where bodies.month = inbox.month and bodies.inbox_id = inbox.id
))`;

/** This month and those after it that have a table before they begin. */
const AHEAD = 3;
/** Who keeps a delivery waits no longer for a table that is made or dropped. */
const PATIENCE = '2s';

/**
 * Makes the tables of this month and the next ones, and of each month whose bodies
 * came when it had none. Any number of replicas may do so at the same time.
 *
 * @throws Error where others need the tables too long; nothing is lost by that
 */
export async function makeMonths(knex: Knex): Promise<void> {
  if ((await monthsWithout(knex)).length === 0) return;
  await alone(knex, async trx => {
    for (const month of await monthsWithout(trx)) {
      const table = tableOf(month);
      await trx.raw('create table ?? (like bodies including all)', [table]);
      // Nobody adds to it between the move and the end.
      await trx.raw('lock table bodies_default in access exclusive mode');
      await trx.raw(
        `with gone as (delete from bodies_default where month = ? returning *)
         insert into ?? select * from gone`,
        [month, table],
      );
      await trx.raw(
        `alter table bodies attach partition ??
         for values from ('${month}') to ('${nextOf(month)}')`,
        [table],
      );
      await trx('body_months').insert({ month });
    }
  });
}

/**
 * Drops the oldest month that is over for longer than that, with all bodies in it but
 * those that are in quarantine. One of which something is about to be read stays.
 *
 * @returns how many; there may be more
 * @throws Error where others need the tables too long
 */
export async function dropMonth(
  knex: Knex,
  milliseconds: number,
): Promise<number> {
  if (!(await oldest(knex, milliseconds))) return 0;
  return alone(knex, async trx => {
    const month = await oldest(trx, milliseconds);
    if (!month) return 0;
    await trx.raw(
      `update inbox set body = bodies.body, month = null from bodies
       where inbox.state = 'quarantined' and inbox.month = :month
         and bodies.month = :month and bodies.inbox_id = inbox.id`,
      { month },
    );
    await trx.raw('drop table ??', [tableOf(month)]);
    await trx('body_months')
      .where({ month })
      .update({ dropped_at: trx.fn.now() });
    return 1;
  });
}

/** No month is dropped before the transaction ends. */
export async function keepMonths(trx: Knex.Transaction): Promise<void> {
  await trx.raw('lock table body_months in row share mode');
}

function alone<T>(
  knex: Knex,
  work: (trx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  return knex.transaction(async trx => {
    await trx.raw(`set local lock_timeout = '${PATIENCE}'`);
    await trx.raw('lock table body_months in exclusive mode');
    return work(trx);
  });
}

async function monthsWithout(knex: Knex): Promise<string[]> {
  const { rows } = await knex.raw(
    `select to_char(month, 'YYYY-MM-DD') as month from (
       select (${THIS_MONTH} + make_interval(months => n))::date as month
       from generate_series(0, ?::int - 1) as n
       union
       select month from bodies_default
     ) as wanted
     where month not in (select month from body_months)
     order by 1`,
    [AHEAD],
  );
  return rows.map((row: { month: string }) => row.month);
}

async function oldest(
  knex: Knex,
  milliseconds: number,
): Promise<string | undefined> {
  const { rows } = await knex.raw(
    `select to_char(month, 'YYYY-MM-DD') as month from body_months
     where dropped_at is null
       and (month + interval '1 month') at time zone 'utc'
         < now() - ? * interval '1 millisecond'
       and not exists (
         select from inbox
         where inbox.month = body_months.month and inbox.state = 'waiting'
       )
     order by 1 limit 1`,
    [milliseconds],
  );
  return rows[0]?.month;
}

/** @param month - as 2026-11-01 */
function tableOf(month: string): string {
  return `bodies_${month.slice(0, 7).replace('-', '_')}`;
}

function nextOf(month: string): string {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
}
