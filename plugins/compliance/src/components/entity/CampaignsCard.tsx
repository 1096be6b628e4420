import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Link, Text } from '@backstage/ui';
import {
  dayWords,
  ErrorState,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../../api/ComplianceApi';
import { askedOf } from '../../data/campaignScope';
import { JudgedRule } from '../../data/verdicts';
import { Deadline } from '../campaigns/CampaignMarks';
import { useLinks } from '../shared/useLinks';
import shared from '../shared/shared.module.css';
import styles from './entity.module.css';

/** What campaigns still ask of the component; nothing where none does. */
export const CampaignsCard = (props: {
  judged: readonly JudgedRule[];
  onOpen: (ruleId: string) => void;
}) => {
  const { judged, onOpen } = props;
  const { entity } = useEntity();
  const api = useApi(complianceApiRef);
  const links = useLinks();
  const state = useAsyncRetry(
    () => api.getCampaigns({ state: 'running' }),
    [api],
  );
  const asked = askedOf(state.value ?? [], entity, judged);
  if (!state.error && asked.length === 0) return null;
  return (
    <SectionCard title="Campaigns">
      {state.error && (
        <ErrorState
          what="the campaigns"
          error={state.error}
          onRetry={state.retry}
        />
      )}
      <ul className={shared.list}>
        {asked.map(({ campaign, open }) => (
          <li key={campaign.id}>
            <Text as="p">
              <Link href={links.campaign(campaign.id)} weight="bold">
                {campaign.title}
              </Link>
              {` asks for ${
                open.length === 1 ? 'this' : `these ${open.length}`
              } until ${dayWords(campaign.deadline)}:`}
            </Text>
            <ul className={styles.asked}>
              {open.map(({ rule, verdict }) => (
                <li key={rule.id}>
                  <Link href={`#${rule.id}`} onClick={() => onOpen(rule.id)}>
                    {rule.title}
                  </Link>
                  {verdict.outcome === 'unknown' && ' (unknown)'}
                </li>
              ))}
            </ul>
            <Deadline campaign={campaign} />
          </li>
        ))}
      </ul>
    </SectionCard>
  );
};
