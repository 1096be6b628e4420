import { Knex } from 'knex';

/** Few enough that nobody waits for the rows. */
const AT_ONCE = 500;

/**
 * Drops bodies of deliveries that were read and came longer ago than that. Replicas
 * that do so at the same time each take others.
 *
 * @returns how many; there may be more
 */
export async function dropBodies(
  knex: Knex,
  milliseconds: number,
): Promise<number> {
  const { rowCount } = await knex.raw(
    `update inbox set body = null, body_dropped_at = now()
     where id = any(array(
       select id from inbox
       where body is not null and state in ('done', 'ignored')
         and received_at < now() - ? * interval '1 millisecond'
       order by received_at limit ?
       for update skip locked
     ))`,
    [milliseconds, AT_ONCE],
  );
  return rowCount;
}
