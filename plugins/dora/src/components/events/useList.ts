import { useState } from 'react';
import { DoraApi, ListQuery } from '../../api/DoraApi';
import { useLive } from '../../data/useLive';
import { List } from './eventsQuery';

type Pages = {
  deployments: Awaited<ReturnType<DoraApi['getDeployments']>>;
  changes: Awaited<ReturnType<DoraApi['getChanges']>>;
  incidents: Awaited<ReturnType<DoraApi['getIncidents']>>;
};
export type ItemOf<L extends List> = Pages[L]['items'][number];

const PAGE = 25;
const LARGEST_PAGE = 200;
/** A spreadsheet of more is no use, and would take minutes. */
export const CSV_LIMIT = 10_000;

export function pageOf<L extends List>(
  api: DoraApi,
  list: L,
  query: ListQuery,
): Promise<Pages[L]> {
  const load = {
    deployments: () => api.getDeployments(query),
    changes: () => api.getChanges(query),
    incidents: () => api.getIncidents(query),
  };
  return load[list]() as Promise<Pages[L]>;
}

/** All events, page by page, up to {@link CSV_LIMIT}. */
export async function allOf<L extends List>(
  api: DoraApi,
  list: L,
  query: ListQuery,
): Promise<ItemOf<L>[]> {
  const items: ItemOf<L>[] = [];
  let cursor: string | undefined;
  do {
    const page = await pageOf(api, list, {
      ...query,
      limit: LARGEST_PAGE,
      cursor,
    });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor && items.length < CSV_LIMIT);
  return items.slice(0, CSV_LIMIT);
}

/** The latest events, and further ones as they are asked for. */
export function useList<L extends List>(
  api: DoraApi,
  list: L,
  query: ListQuery,
) {
  const key = JSON.stringify([list, query]);
  const first = useLive(
    () => pageOf(api, list, { ...query, limit: PAGE }),
    key,
  );
  const [more, setMore] = useState<{
    key: string;
    items: ItemOf<L>[];
    next?: string;
    loading?: boolean;
    error?: Error;
  }>();
  const further = more?.key === key ? more : undefined;
  const next = further ? further.next : first.value?.next;

  const showMore = async () => {
    const before = { key, items: further?.items ?? [], next };
    setMore({ ...before, loading: true });
    try {
      const page = await pageOf(api, list, {
        ...query,
        limit: PAGE,
        cursor: next,
      });
      const items = [...before.items, ...page.items];
      setMore({ key, items, next: page.next });
    } catch (error) {
      setMore({ ...before, error: error as Error });
    }
  };

  const known = [...(first.value?.items ?? []), ...(further?.items ?? [])];
  // What came in since may have moved an event from one page to the next.
  const items = [...new Map(known.map(item => [item.id, item])).values()];
  return {
    ...first,
    items: items as ItemOf<L>[],
    total: first.value?.total ?? 0,
    showMore: next ? showMore : undefined,
    isMoreLoading: Boolean(further?.loading),
    moreError: further?.error,
  };
}
