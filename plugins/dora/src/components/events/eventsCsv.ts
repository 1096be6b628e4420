import { toCsv } from '@waymark/backstage-plugin-insights-react';
import { List } from './eventsQuery';
import { ItemOf } from './useList';

type Column<L extends List> = [
  head: string,
  cell: (item: ItemOf<L>) => string | number | undefined,
];

const COLUMNS: { [L in List]: Column<L>[] } = {
  deployments: [
    ['Component', item => item.entityRef],
    ['Environment', item => item.environment],
    ['Region', item => item.region],
    ['Commit', item => item.sha],
    ['Started', item => item.startedAt],
    ['Finished', item => item.finishedAt],
    ['Result', item => item.result],
    ['Result at the source', item => item.originalResult],
    ['Kind', item => item.kind],
    ['Failed because', item => item.failure?.reason],
    ['Failed since', item => item.failure?.since],
    ['Recovered', item => item.failure?.recoveredAt],
    ['Changes', item => item.changes],
    ['Address', item => item.url],
    ['Source', item => item.origin.source],
    ['Id at the source', item => item.origin.externalId],
  ],
  changes: [
    ['Component', item => item.entityRef],
    ['Repository', item => item.repository],
    ['Pull request', item => item.number],
    ['Title', item => item.title],
    ['Author', item => item.author],
    ['By a bot', item => (item.bot ? 'yes' : 'no')],
    ['First commit', item => item.firstCommitAt],
    ['Ready', item => item.readyAt],
    ['First review', item => item.firstReviewAt],
    ['Merged', item => item.mergedAt],
    ['In production', item => item.deployedAt],
    ['Lead time (seconds)', item => item.lead?.total],
    ['Coding (seconds)', item => item.lead?.coding],
    ['Review (seconds)', item => item.lead?.review],
    ['Deploy (seconds)', item => item.lead?.deploy],
    ['Commit', item => item.mergeSha],
    ['Address', item => item.url],
  ],
  incidents: [
    ['Component', item => item.entityRef],
    ['Title', item => item.title],
    ['Severity', item => item.severity],
    ['Began', item => item.startedAt],
    ['Noticed', item => item.detectedAt],
    ['Over', item => item.resolvedAt],
    ['Deployment known by', item => item.linkedBy],
    ['Address', item => item.url],
    ['Source', item => item.origin.source],
    ['Id at the source', item => item.origin.externalId],
  ],
};

/** Events as a spreadsheet; times in UTC, lengths in seconds. */
export function eventsCsv<L extends List>(
  list: L,
  items: readonly ItemOf<L>[],
): string {
  const columns: Column<L>[] = COLUMNS[list];
  return toCsv([
    columns.map(([head]) => head),
    ...items.map(item => columns.map(([, cell]) => cell(item))),
  ]);
}
