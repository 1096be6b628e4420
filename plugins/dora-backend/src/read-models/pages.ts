import { InputError } from '@backstage/errors';
import { Knex } from 'knex';
import { Refs } from './refs';

/** Part of a list: latest first. */
export interface PageOf {
  refs: Refs;
  /** Milliseconds. */
  from: number;
  /** Not included. */
  to: number;
  limit: number;
  /** `next` of the page before. */
  cursor?: string;
}

export interface Page<T> {
  items: T[];
  total: number;
  /** Left out on the last page. */
  next?: string;
}

/** What a page is ordered by. */
export interface Placed {
  id: string;
  at: Date;
}

const CURSOR = /^(-?\d{1,15})_([\w-]{1,64})$/;

/**
 * Reads a page of `id` and `at`. It goes on behind the last row that was shown, so
 * nothing is shown twice or left out because of what came meanwhile.
 *
 * @throws InputError where the cursor is none of ours
 */
export async function readPage(
  query: Knex.QueryBuilder,
  columns: { id: string; at: string },
  { limit, cursor }: Pick<PageOf, 'limit' | 'cursor'>,
): Promise<Page<Placed>> {
  const { id, at } = columns;
  const page = query
    .clone()
    .select({ id, at })
    .orderByRaw('?? desc, ?? collate "C" desc', [at, id])
    .limit(limit + 1);
  if (cursor !== undefined) {
    const [, millis, last] = CURSOR.exec(cursor) ?? [];
    const shown = new Date(Number(millis));
    if (!last || isNaN(shown.getTime())) {
      throw new InputError('cursor: must be the next of a page');
    }
    page.whereRaw('(??, ?? collate "C") < (?, ?)', [at, id, shown, last]);
  }
  const [rows, [{ count }]] = await Promise.all([
    page as Promise<Placed[]>,
    query.clone().count() as Promise<{ count: string }[]>,
  ]);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    total: Number(count),
    ...(rows.length > limit &&
      last && { next: `${last.at.getTime()}_${last.id}` }),
  };
}
