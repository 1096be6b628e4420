import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router-dom';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  Cell,
  ColumnConfig,
  Link,
  Table,
  Text,
  useBreakpoint,
} from '@backstage/ui';
import {
  ComponentSummary,
  Rule,
  Summary,
  Track,
  TRACKS,
} from '@waymark/backstage-plugin-compliance-common';
import {
  EmptyState,
  ErrorState,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../../api/ComplianceApi';
import { REACHED_WORDS, TRACK_HEADS } from '../../words';
import { EntityTitle } from '../shared/EntityName';
import { LIST_ID, useLinks } from '../shared/useLinks';
import { ComponentFilters } from './ComponentFilters';
import { componentQuery, PAGE_SIZE } from './componentQuery';
import shared from '../shared/shared.module.css';
import styles from './company.module.css';

type Item = ComponentSummary & { id: string };

const change = ({ score, scoreBefore }: ComponentSummary) => {
  if (score === undefined || scoreBefore === undefined) return '';
  if (score === scoreBefore) return '';
  return score > scoreBefore
    ? ` up ${score - scoreBefore}`
    : ` down ${scoreBefore - score}`;
};

const Name = ({ item }: { item: Item }) => {
  const links = useLinks();
  return (
    <>
      <Link href={links.tab(item.entityRef)}>{item.title}</Link>
      <span className={styles.note}>
        {item.owner ? <EntityTitle entityRef={item.owner} /> : 'No owner'}
        {!item.template && ', bespoke'}
      </span>
    </>
  );
};

function columnsOf(wide: boolean, track?: Track): ColumnConfig<Item>[] {
  const shown = track ? [track] : TRACKS;
  return [
    {
      id: 'title',
      label: 'Component',
      isRowHeader: true,
      isSortable: true,
      cell: item => (
        <Cell>
          <Name item={item} />
        </Cell>
      ),
    },
    {
      id: 'score',
      label: track ? TRACK_HEADS[track] : 'Score',
      isSortable: true,
      cell: item => {
        const score = track
          ? item.tracks.find(one => one.track === track)?.score
          : item.score;
        return (
          <Cell>
            {score === undefined ? (
              <Text color="secondary">No data</Text>
            ) : (
              <b>{score}</b>
            )}
            {!track && (
              <Text color="secondary" variant="body-small">
                {change(item)}
              </Text>
            )}
          </Cell>
        );
      },
    },
    {
      id: 'failed',
      label: 'Fails',
      isSortable: true,
      cell: item => (
        <Cell>
          {item.failed}
          {wide && (item.unknown > 0 || item.exempt > 0) && (
            <span className={styles.note}>
              {[
                item.unknown > 0 && `${item.unknown} unknown`,
                item.exempt > 0 && `${item.exempt} exempt`,
              ]
                .filter(Boolean)
                .join(', ')}
            </span>
          )}
        </Cell>
      ),
    },
    ...shown.map(
      (one): ColumnConfig<Item> => ({
        id: one,
        label: track ? 'Level' : TRACK_HEADS[one],
        isHidden: !wide,
        cell: item => {
          const level = item.tracks.find(({ track: of }) => of === one)?.level;
          return <Cell>{REACHED_WORDS[level ?? 'not-applicable']}</Cell>;
        },
      }),
    ),
  ];
}

/** The components, a page of them; what the address asks for. */
export const ComponentList = (props: {
  query: Readonly<Record<string, string>>;
  onQuery: (changes: Record<string, string | undefined>) => void;
  teams?: Summary['groups'];
  systems?: Summary['groups'];
  rules?: readonly Rule[];
}) => {
  const { query, onQuery, ...options } = props;
  const api = useApi(complianceApiRef);
  const { up } = useBreakpoint();
  const asked = componentQuery(query);
  const state = useAsyncRetry(
    () => api.getComponents(asked),
    [api, JSON.stringify(asked)],
  );
  const { items, total = 0 } = state.value ?? {};
  const offset = asked.offset!;
  const toPage = (page: number) =>
    onQuery({ page: page > 1 ? String(page) : undefined });
  const page = offset / PAGE_SIZE + 1;

  // A number of the heat map leads down to what is behind it.
  const { hash, key } = useLocation();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (hash === `#${LIST_ID}`) list.current?.scrollIntoView();
  }, [hash, key]);

  return (
    <div id={LIST_ID} ref={list}>
      <SectionCard title="Components">
        <ComponentFilters
          query={query}
          // Another list begins at its first page.
          onChange={changes => onQuery({ ...changes, page: undefined })}
          {...options}
        />
        {state.error ? (
          <ErrorState
            what="the components"
            error={state.error}
            onRetry={state.retry}
          />
        ) : (
          <div className={shared.fitted}>
            <Table
              columnConfig={columnsOf(
                up('md'),
                asked.track as Track | undefined,
              )}
              data={items?.map(item => ({ ...item, id: item.entityRef }))}
              isPending={state.loading && !items}
              isStale={state.loading}
              sort={{
                descriptor: {
                  column: asked.sort!,
                  direction:
                    asked.order === 'desc' ? 'descending' : 'ascending',
                },
                onSortChange: ({ column, direction }) =>
                  onQuery({
                    sort: String(column),
                    order: direction === 'descending' ? 'desc' : 'asc',
                    page: undefined,
                  }),
              }}
              pagination={
                total <= PAGE_SIZE && offset === 0
                  ? { type: 'none' }
                  : {
                      type: 'page',
                      pageSize: PAGE_SIZE,
                      pageSizeOptions: [],
                      showPageSizeOptions: false,
                      offset,
                      totalCount: total,
                      hasNextPage: offset + PAGE_SIZE < total,
                      hasPreviousPage: offset > 0,
                      onNextPage: () => toPage(page + 1),
                      onPreviousPage: () => toPage(page - 1),
                    }
              }
              emptyState={
                <EmptyState title="No component fits">
                  Clear a filter to see more.
                </EmptyState>
              }
            />
          </div>
        )}
      </SectionCard>
    </div>
  );
};
