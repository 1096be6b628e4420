import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  ButtonLink,
  Cell,
  ColumnConfig,
  Link,
  Table,
  useBreakpoint,
} from '@backstage/ui';
import {
  Campaign,
  campaignManagePermission,
  CAMPAIGN_STATES,
} from '@waymark/backstage-plugin-compliance-common';
import {
  AsyncContent,
  EmptyState,
  OptionSelect,
  SectionCard,
  useQuery,
} from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../../api/ComplianceApi';
import { CAMPAIGN_WORDS, count } from '../../words';
import { Page } from '../shared/Page';
import { useLinks } from '../shared/useLinks';
import { Deadline, Progress, StateBadge } from './CampaignMarks';
import shared from '../shared/shared.module.css';
import styles from './campaigns.module.css';

const Name = ({ campaign, wide }: { campaign: Campaign; wide: boolean }) => {
  const links = useLinks();
  const { id, title, rules, progress } = campaign;
  return (
    <>
      <Link href={links.campaign(id)}>{title}</Link>
      <span className={styles.note}>
        {`${count(rules.length, 'rule')}, ${count(
          progress.components,
          'component',
        )}`}
      </span>
      {!wide && (
        <span className={styles.note}>
          <Deadline campaign={campaign} />
        </span>
      )}
    </>
  );
};

const columnsOf = (wide: boolean): ColumnConfig<Campaign>[] => [
  {
    id: 'title',
    label: 'Campaign',
    isRowHeader: true,
    cell: campaign => (
      <Cell>
        <Name campaign={campaign} wide={wide} />
      </Cell>
    ),
  },
  {
    id: 'state',
    label: 'State',
    isHidden: !wide,
    cell: ({ state }) => (
      <Cell>
        <StateBadge state={state} />
      </Cell>
    ),
  },
  {
    id: 'deadline',
    label: 'Deadline',
    isHidden: !wide,
    cell: campaign => (
      <Cell>
        <Deadline campaign={campaign} />
      </Cell>
    ),
  },
  {
    id: 'progress',
    label: 'Checks done',
    cell: ({ title, state, progress }) => (
      <Cell className={styles.progress}>
        {!wide && <StateBadge state={state} />}
        <Progress of={title} progress={progress} />
      </Cell>
    ),
  },
];

const Campaigns = ({ campaigns }: { campaigns: readonly Campaign[] }) => {
  const [query, setQuery] = useQuery();
  const { up } = useBreakpoint();
  const state = CAMPAIGN_STATES.find(one => one === query.state);
  const shown = campaigns.filter(one => !state || one.state === state);
  return (
    <SectionCard title={count(shown.length, 'campaign')}>
      <div className={styles.filters} role="search" aria-label="Campaigns">
        <OptionSelect
          label="State"
          any="All states"
          options={CAMPAIGN_STATES.map(one => ({
            value: one,
            label: CAMPAIGN_WORDS[one],
          }))}
          value={state}
          onChange={next => setQuery({ state: next })}
        />
      </div>
      <div className={shared.fitted}>
        <Table
          columnConfig={columnsOf(up('md'))}
          data={shown}
          pagination={{ type: 'none' }}
          emptyState={
            <EmptyState title="No campaign is in this state">
              Choose another state to see more.
            </EmptyState>
          }
        />
      </div>
    </SectionCard>
  );
};

/** What owners are asked to do by a day, and how far each of it is. */
export const CampaignList = () => {
  const api = useApi(complianceApiRef);
  const links = useLinks();
  const { allowed } = usePermission({ permission: campaignManagePermission });
  const state = useAsyncRetry(() => api.getCampaigns(), [api]);
  const make = allowed && links.newCampaign && (
    <ButtonLink variant="primary" href={links.newCampaign}>
      New campaign
    </ButtonLink>
  );
  const isEmpty = state.value?.length === 0;
  return (
    <Page title="Campaigns" actions={!isEmpty && make}>
      <AsyncContent state={state} what="the campaigns" onRetry={state.retry}>
        {campaigns =>
          isEmpty ? (
            <SectionCard title="Campaigns">
              <EmptyState title="There is no campaign yet" action={make}>
                A campaign asks the owners of some components to keep a few
                rules by a day. It tells them, reminds them, and shows how far
                everybody is. Rules on trial can begin to count at its end.
              </EmptyState>
            </SectionCard>
          ) : (
            <Campaigns campaigns={campaigns} />
          )
        }
      </AsyncContent>
    </Page>
  );
};
