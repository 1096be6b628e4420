import { useParams } from 'react-router-dom';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import { ButtonLink } from '@backstage/ui';
import { CampaignPage as Answer } from '@waymark/backstage-plugin-compliance-common';
import {
  AsyncContent,
  BurnUp,
  EmptyState,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../../api/ComplianceApi';
import { Page } from '../shared/Page';
import { useLinks } from '../shared/useLinks';
import { CampaignAbout } from './CampaignAbout';
import { CampaignComponents } from './CampaignComponents';
import { OwnersCard, RulesCard } from './CampaignTables';
import styles from './campaigns.module.css';

const BurnUpCard = ({ campaign, points }: Answer) => (
  <SectionCard title="How it goes">
    {campaign.state === 'draft' ? (
      <EmptyState title="It has not started">
        From its start on, what is done is drawn here day by day.
      </EmptyState>
    ) : (
      <BurnUp
        title="Checks done"
        points={points.map(({ day, pairs, pairsDone }) => ({
          day,
          all: pairs,
          done: pairsDone,
        }))}
        until={campaign.deadline}
      />
    )}
  </SectionCard>
);

/** One campaign: what it asks, how far it is, and who has what left to do. */
export const CampaignPage = () => {
  const { id = '' } = useParams();
  const api = useApi(complianceApiRef);
  const links = useLinks();
  const state = useAsyncRetry(async () => {
    try {
      const [page, { rules }] = await Promise.all([
        api.getCampaign(id),
        api.getRules(),
      ]);
      return { page, rules: new Map(rules.map(rule => [rule.id, rule])) };
    } catch (error) {
      if ((error as Error).name === 'NotFoundError') return null;
      throw error;
    }
  }, [api, id]);
  return (
    <Page title="Campaign">
      <AsyncContent state={state} what="the campaign" onRetry={state.retry}>
        {found =>
          found ? (
            <>
              <CampaignAbout {...found} onChange={state.retry} />
              <div className={styles.columns}>
                <BurnUpCard {...found.page} />
                <RulesCard {...found} />
              </div>
              <OwnersCard {...found} />
              <CampaignComponents {...found} />
            </>
          ) : (
            <SectionCard title="Campaign">
              <EmptyState
                title="There is no such campaign"
                action={
                  links.campaigns && (
                    <ButtonLink variant="secondary" href={links.campaigns}>
                      All campaigns
                    </ButtonLink>
                  )
                }
              >
                It may have been a draft that was deleted.
              </EmptyState>
            </SectionCard>
          )
        }
      </AsyncContent>
    </Page>
  );
};
