import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import { Cell, ColumnConfig, Table, useBreakpoint } from '@backstage/ui';
import {
  DriftItem,
  Standing,
  STANDINGS,
} from '@waymark/backstage-plugin-golden-paths-common';
import {
  EmptyState,
  ErrorState,
  OptionSelect,
  PullRequestLink,
  SectionCard,
  useQuery,
} from '@waymark/backstage-plugin-insights-react';
import { goldenPathsApiRef } from '../../api/GoldenPathsApi';
import { dayWords, positionWords, STANDING_WORDS } from '../../words';
import { RollOut } from '../rollouts/RollOut';
import { CsvButton } from '../shared/CsvButton';
import { EntityName, EntityTitle } from '../shared/EntityName';
import { Page } from '../shared/Page';
import shared from '../shared/shared.module.css';

const PAGE_SIZE = 50;

type Item = DriftItem & { id: string };

const columnsOf = (wide: boolean): ColumnConfig<Item>[] => [
  {
    id: 'service',
    label: 'Service',
    isRowHeader: true,
    cell: item => (
      <Cell>
        <EntityName
          entityRef={item.entityRef}
          {...(item.title && { title: item.title })}
        />
        <span className={shared.note}>
          {item.owner ? <EntityTitle entityRef={item.owner} /> : 'No owner'}
        </span>
      </Cell>
    ),
  },
  {
    id: 'template',
    label: 'Golden path',
    isHidden: !wide,
    cell: item => (
      <Cell>
        <EntityName entityRef={item.templateRef} />
      </Cell>
    ),
  },
  {
    id: 'version',
    label: 'Made from',
    cell: item => (
      <Cell>
        {item.version ?? 'No version'}
        <span className={shared.note}>
          {item.newest ? `newest ${item.newest}` : 'its template is not known'}
        </span>
      </Cell>
    ),
  },
  {
    id: 'standing',
    label: 'Stands',
    cell: item => (
      <Cell>
        {positionWords(item)}
        {item.upgrade && (
          <span className={shared.note}>
            <PullRequestLink url={item.upgrade.pullRequestUrl} />
            {` to ${item.upgrade.to} is open`}
          </span>
        )}
        {item.snooze && (
          <span className={shared.note}>
            {`Snoozed until ${dayWords(item.snooze.until)}: ${
              item.snooze.reason
            }`}
          </span>
        )}
      </Cell>
    ),
  },
];

/** Which services are behind their golden path, furthest first. */
export const DriftPage = () => {
  const api = useApi(goldenPathsApiRef);
  const { up } = useBreakpoint();
  const [query, onQuery] = useQuery();
  const offset = Math.max(0, Number(query.offset) || 0);
  const standing = STANDINGS.find(one => one === query.standing);
  const asked = {
    templateRef: query.template,
    owner: query.owner,
    standing,
    offset,
    limit: PAGE_SIZE,
  };
  const state = useAsyncRetry(
    () => api.getDrift(asked),
    [api, JSON.stringify(asked)],
  );
  const { items, total = 0, counts } = state.value ?? {};
  const label = (one: Standing) =>
    counts ? `${STANDING_WORDS[one]} (${counts[one]})` : STANDING_WORDS[one];
  const toOffset = (next: number) =>
    onQuery({ offset: next > 0 ? String(next) : undefined });
  return (
    <Page title="Drift">
      <div className={shared.filters} role="search" aria-label="Drift">
        <OptionSelect
          label="Standing"
          any="All"
          options={STANDINGS.map(one => ({ value: one, label: label(one) }))}
          value={standing}
          onChange={value => onQuery({ standing: value, offset: undefined })}
        />
      </div>
      <SectionCard
        title="Services and their golden path"
        action={
          <div className={shared.actions}>
            <CsvButton
              table="drift"
              what="services"
              query={{
                templateRef: query.template,
                owner: query.owner,
                standing,
              }}
            />
            {counts && counts.behind > 0 && (
              <RollOut templateRef={query.template} />
            )}
          </div>
        }
      >
        {state.error ? (
          <ErrorState
            what="the services"
            error={state.error}
            onRetry={state.retry}
          />
        ) : (
          <div className={shared.fitted}>
            <Table
              columnConfig={columnsOf(up('md'))}
              data={items?.map(item => ({ ...item, id: item.entityRef }))}
              isPending={state.loading && !items}
              isStale={state.loading}
              emptyState={
                <EmptyState title="No service is among them">
                  {standing
                    ? 'Choose another standing to see the others.'
                    : 'None of the services that you may see names a golden path.'}
                </EmptyState>
              }
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
                      onNextPage: () => toOffset(offset + PAGE_SIZE),
                      onPreviousPage: () => toOffset(offset - PAGE_SIZE),
                    }
              }
            />
          </div>
        )}
      </SectionCard>
    </Page>
  );
};
