import {
  Button,
  Cell,
  ColumnConfig,
  Table,
  useBreakpoint,
} from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import {
  RolledService,
  ROLLED_STATES,
  RolloutPage,
} from '@waymark/backstage-plugin-golden-paths-common';
import {
  downloadCsv,
  EmptyState,
  OptionSelect,
  PullRequestLink,
  SectionCard,
  useQuery,
} from '@waymark/backstage-plugin-insights-react';
import { count } from '../../words';
import { EntityName, EntityTitle } from '../shared/EntityName';
import { ROLLED_WORDS, rolloutCsv } from './rolloutWords';
import shared from '../shared/shared.module.css';

const PAGE_SIZE = 50;

type Item = RolledService & { id: string };

const batchWords = ({ batch, state }: RolledService) => {
  if (batch === null) return state === 'waiting' ? 'not yet' : 'none';
  return batch === 0 ? 'first' : `batch ${batch}`;
};

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
    id: 'turn',
    label: 'Turn',
    isHidden: !wide,
    cell: item => (
      <Cell>
        {batchWords(item)}
        <span className={shared.note}>{`from ${item.from}`}</span>
      </Cell>
    ),
  },
  {
    id: 'state',
    label: 'State',
    cell: item => (
      <Cell>
        {ROLLED_WORDS[item.state]}
        {item.state === 'conflict' && (
          <span className={shared.note}>
            {`${count(item.conflicts, 'file')} to decide on`}
          </span>
        )}
        {item.reason && <span className={shared.note}>{item.reason}</span>}
      </Cell>
    ),
  },
  {
    id: 'pull',
    label: 'Pull request',
    cell: ({ pullRequestUrl }) => (
      <Cell>
        {pullRequestUrl ? <PullRequestLink url={pullRequestUrl} /> : 'None'}
      </Cell>
    ),
  },
];

/** Each service, in the order of their turn. */
export const RolloutServices = ({ answer }: { answer: RolloutPage }) => {
  const { rollout, services } = answer;
  const { up } = useBreakpoint();
  const [query, onQuery] = useQuery();
  const state = ROLLED_STATES.find(one => one === query.state);
  const meant = services.filter(one => !state || one.state === state);
  const asked = Math.max(0, Number(query.offset) || 0);
  const offset = asked < meant.length ? asked : 0;
  const toOffset = (next: number) =>
    onQuery({ offset: next > 0 ? String(next) : undefined });
  return (
    <SectionCard
      title={count(meant.length, 'service')}
      action={
        <Button
          variant="secondary"
          iconStart={<RiDownloadLine aria-hidden />}
          onPress={() =>
            downloadCsv(`rollout-${rollout.version}.csv`, rolloutCsv(answer))
          }
        >
          CSV
        </Button>
      }
    >
      <div className={shared.column}>
        <div className={shared.filters} role="search" aria-label="Services">
          <OptionSelect
            label="State"
            any="All"
            options={ROLLED_STATES.filter(
              one => rollout.counts[one] > 0 || one === state,
            ).map(one => ({
              value: one,
              label: `${ROLLED_WORDS[one]} (${rollout.counts[one]})`,
            }))}
            value={state}
            onChange={value => onQuery({ state: value, offset: undefined })}
          />
        </div>
        <div className={shared.fitted}>
          <Table
            columnConfig={columnsOf(up('md'))}
            data={meant
              .slice(offset, offset + PAGE_SIZE)
              .map(one => ({ ...one, id: one.entityRef }))}
            emptyState={
              <EmptyState title="No service is in this state">
                Choose another state to see the others.
              </EmptyState>
            }
            pagination={
              meant.length <= PAGE_SIZE
                ? { type: 'none' }
                : {
                    type: 'page',
                    pageSize: PAGE_SIZE,
                    pageSizeOptions: [],
                    showPageSizeOptions: false,
                    offset,
                    totalCount: meant.length,
                    hasNextPage: offset + PAGE_SIZE < meant.length,
                    hasPreviousPage: offset > 0,
                    onNextPage: () => toOffset(offset + PAGE_SIZE),
                    onPreviousPage: () => toOffset(offset - PAGE_SIZE),
                  }
            }
          />
        </div>
      </div>
    </SectionCard>
  );
};
