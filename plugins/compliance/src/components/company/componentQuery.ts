import {
  LEVELS,
  OUTCOMES,
  TRACKS,
} from '@waymark/backstage-plugin-compliance-common';
import { ComponentQuery } from '../../api/ComplianceApi';

/** How many components a page has. */
export const PAGE_SIZE = 25;

/** What components are put together by. */
export type GroupBy = 'owner' | 'system';

/** Those without one. */
export const NO_GROUP: Record<GroupBy, string> = {
  owner: 'No team',
  system: 'No system',
};

/** How the address says that there is none. */
export const NONE = 'none';

const oneOf = <T extends string>(
  values: readonly T[],
  value: string | undefined,
): T | undefined => values.find(one => one === value);

const group = (value: string | undefined) => (value === NONE ? '' : value);

/** What the list asks for; an address may say anything, which is then left out. */
export function componentQuery(
  query: Readonly<Record<string, string>>,
): ComponentQuery {
  const track = oneOf(TRACKS, query.track);
  const page = Math.max(1, Math.floor(Number(query.page)) || 1);
  return {
    search: query.search || undefined,
    owner: group(query.owner),
    system: group(query.system),
    madeFrom: oneOf(['template', 'nothing'], query.madeFrom),
    track,
    level: track && oneOf([...LEVELS, 'none', 'not-applicable'], query.level),
    rule: query.rule || undefined,
    outcome: query.rule ? oneOf(OUTCOMES, query.outcome) : undefined,
    sort: oneOf(['score', 'title', 'failed'], query.sort) ?? 'score',
    order: oneOf(['asc', 'desc'], query.order) ?? 'asc',
    limit: PAGE_SIZE,
    offset: (page - 1) * PAGE_SIZE,
  };
}
