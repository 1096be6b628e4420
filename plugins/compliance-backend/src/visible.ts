import { Knex } from 'knex';

/** The components that a caller may see: all, or those with these references. */
export type Visible = 'all' | readonly string[];

/** Leaves out what the caller may not see. */
export function onlyVisible<T extends Knex.QueryBuilder>(
  query: T,
  visible: Visible,
  column = 'components.entity_ref',
): T {
  if (visible !== 'all') query.whereRaw('?? = any(?)', [column, [...visible]]);
  return query;
}
