import { Knex } from 'knex';

/** Components: all, or those with these references. */
export type Refs = 'all' | readonly string[];

/** Leaves those of the components. */
export function onlyOf<T extends Knex.QueryBuilder>(
  query: T,
  refs: Refs,
  column = 'entity_ref',
): T {
  if (refs !== 'all') query.whereRaw('?? = any(?)', [column, [...refs]]);
  return query;
}
