import {
  CHANGES_COUNTED,
  DEPLOYMENTS_COUNTED,
  INCIDENTS_COUNTED,
} from '@waymark/backstage-plugin-dora-common';
import { Asked, Query } from '../../data/asked';
import { ListQuery } from '../../api/DoraApi';

export const LISTS = ['deployments', 'changes', 'incidents'] as const;
export type List = (typeof LISTS)[number];

/** Which events to list; within an interval of the window, or all of it. */
export interface EventsOf {
  list: List;
  counted?: string;
  within?: { from: string; to: string };
  /** Of changes: those that it brought, whenever they were merged. */
  deployment?: string;
}

/** Where events are listed. */
export type EventsHref = (of: EventsOf) => string;

export const COUNTED: Record<List, readonly string[]> = {
  deployments: DEPLOYMENTS_COUNTED,
  changes: CHANGES_COUNTED,
  incidents: INCIDENTS_COUNTED,
};

export const LIST_WORDS: Record<List, string> = {
  deployments: 'Deployments',
  changes: 'Changes',
  incidents: 'Incidents',
};

export const COUNTED_WORDS: Record<List, Record<string, string>> = {
  deployments: {
    finished: 'That finished',
    successful: 'That reached production',
    failed: 'That failed',
    recovered: 'Whose failure was over',
    open: 'Whose failure is not over',
    unplanned: 'That an incident made necessary',
  },
  changes: {
    'lead-time': 'With a lead time',
    waiting: 'Not in production yet',
    flagged: 'Left out: a clock was wrong',
    unknown: 'Left out: first commit not known',
    bots: 'By bots',
  },
  incidents: {
    linked: 'That a deployment caused',
    unlinked: 'That no deployment caused',
    open: 'Not over',
  },
};

const isInstant = (text?: string) => !isNaN(Date.parse(text ?? ''));

/** Reads the address. */
export function eventsOf(query: Query): EventsOf {
  const list = LISTS.find(one => one === query.list) ?? 'deployments';
  const counted = COUNTED[list].find(one => one === query.counted);
  const { since, until, deployment } = query;
  if (list === 'changes' && deployment) return { list, deployment };
  return {
    list,
    counted,
    ...(isInstant(since) &&
      isInstant(until) && { within: { from: since, to: until } }),
  };
}

/** Changes of the address that lead to those events. */
export const eventsChange = (of: EventsOf) => ({
  list: of.list,
  counted: of.counted,
  deployment: of.deployment,
  since: of.within?.from,
  until: of.within?.to,
});

export const listQuery = (
  { scope, window, bots }: Asked,
  { list, counted, within, deployment }: EventsOf,
): ListQuery => ({
  ...scope,
  ...window,
  ...within,
  counted,
  ...(list === 'changes' && { bots, deployment }),
});
