import useAsync from 'react-use/esm/useAsync';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  Cell,
  ColumnConfig,
  Link,
  SearchField,
  Table,
  useBreakpoint,
} from '@backstage/ui';
import { Campaign, TRACKS } from '@waymark/backstage-plugin-compliance-common';
import {
  AsyncContent,
  EmptyState,
  OptionSelect,
  SectionCard,
  ShareBar,
  useQuery,
} from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../../api/ComplianceApi';
import { count, LEVEL_WORDS, SEVERITY_WORDS, TRACK_WORDS } from '../../words';
import { countShares } from '../shared/outcomeShares';
import { Page } from '../shared/Page';
import { TrialMark } from '../shared/TrialMark';
import { useLinks } from '../shared/useLinks';
import { CountedRule, ruleOrder, ruleRows } from './ruleRows';
import shared from '../shared/shared.module.css';
import styles from './rules.module.css';

type Asking = Pick<Campaign, 'id' | 'title' | 'rules'>;

const Name = (props: {
  rule: CountedRule;
  wide: boolean;
  campaigns: readonly Asking[];
}) => {
  const { rule, wide, campaigns } = props;
  const links = useLinks();
  const asking = campaigns.filter(({ rules }) => rules.includes(rule.id));
  return (
    <>
      <Link href={links.rule(rule.id)}>{rule.title}</Link>{' '}
      <TrialMark rule={rule} />
      <span className={styles.note}>
        {wide
          ? rule.description
          : `${TRACK_WORDS[rule.track]}, ${SEVERITY_WORDS[
              rule.severity
            ].toLowerCase()}`}
      </span>
      {asking.map(({ id, title }) => (
        <span key={id} className={styles.note}>
          Asked for by <Link href={links.campaign(id)}>{title}</Link>
        </span>
      ))}
    </>
  );
};

const columnsOf = (
  wide: boolean,
  campaigns: readonly Asking[],
): ColumnConfig<CountedRule>[] => [
  {
    id: 'title',
    label: 'Rule',
    isRowHeader: true,
    isSortable: true,
    cell: rule => (
      <Cell className={styles.name}>
        <Name rule={rule} wide={wide} campaigns={campaigns} />
      </Cell>
    ),
  },
  {
    id: 'track',
    label: 'Track',
    isHidden: !wide,
    cell: rule => <Cell>{TRACK_WORDS[rule.track]}</Cell>,
  },
  {
    id: 'severity',
    label: 'Severity',
    isHidden: !wide,
    isSortable: true,
    cell: rule => <Cell>{SEVERITY_WORDS[rule.severity]}</Cell>,
  },
  {
    id: 'level',
    label: 'Level',
    isHidden: !wide,
    isSortable: true,
    cell: rule => <Cell>{LEVEL_WORDS[rule.level]}</Cell>,
  },
  {
    id: 'fails',
    label: 'Fails for',
    isSortable: true,
    cell: rule => (
      <Cell>
        {rule.outcomes.fail}
        {wide && (
          <ShareBar
            compact
            title={`Components under “${rule.title}”`}
            shares={countShares(rule.outcomes)}
          />
        )}
      </Cell>
    ),
  },
];

/** All rules: how bad each is, and for how many components it fails. */
export const RuleList = () => {
  const api = useApi(complianceApiRef);
  const { up } = useBreakpoint();
  const [query, setQuery] = useQuery();
  const state = useAsyncRetry(() => api.getRules(), [api]);
  // Rules are listed without them, too.
  const { value: campaigns = [] } = useAsync(
    () => api.getCampaigns({ state: 'running' }),
    [api],
  );
  return (
    <Page title="Rules">
      <AsyncContent state={state} what="the rules" onRetry={state.retry}>
        {({ rules }) => {
          const rows = ruleRows(rules, query);
          return (
            <SectionCard title={count(rows.length, 'rule')}>
              <div className={styles.filters} role="search" aria-label="Rules">
                <SearchField
                  label="Text"
                  value={query.search ?? ''}
                  onChange={search => setQuery({ search: search || undefined })}
                />
                <OptionSelect
                  label="Track"
                  any="All tracks"
                  options={TRACKS.map(track => ({
                    value: track,
                    label: TRACK_WORDS[track],
                  }))}
                  value={query.track}
                  onChange={track => setQuery({ track })}
                />
              </div>
              <div className={shared.fitted}>
                <Table
                  columnConfig={columnsOf(up('md'), campaigns)}
                  data={rows}
                  pagination={{ type: 'none' }}
                  sort={{
                    descriptor: ruleOrder(query),
                    onSortChange: ({ column, direction }) =>
                      setQuery({
                        sort: String(column),
                        order: direction === 'descending' ? 'desc' : 'asc',
                      }),
                  }}
                  emptyState={
                    <EmptyState title="No rule fits">
                      Clear a filter to see more.
                    </EmptyState>
                  }
                />
              </div>
            </SectionCard>
          );
        }}
      </AsyncContent>
    </Page>
  );
};
