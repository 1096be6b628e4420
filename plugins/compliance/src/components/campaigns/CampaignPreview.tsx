import { useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import useDebounce from 'react-use/esm/useDebounce';
import { useApi } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { CampaignRequest } from '@waymark/backstage-plugin-compliance-common';
import {
  AsyncContent,
  EmptyState,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../../api/ComplianceApi';
import { count } from '../../words';
import { NO_GROUP } from '../company/componentQuery';
import { Progress } from './CampaignMarks';
import shared from '../shared/shared.module.css';
import styles from './campaigns.module.css';

type Request = Pick<CampaignRequest, 'rules' | 'scope'>;

const CHOOSING_MS = 400;

const Reached = (request: Request) => {
  const api = useApi(complianceApiRef);
  const state = useAsyncRetry(
    () => api.previewCampaign(request),
    [api, JSON.stringify(request)],
  );
  return (
    <AsyncContent state={state} what="whom it reaches" onRetry={state.retry}>
      {reached =>
        reached.components === 0 ? (
          <EmptyState title="No component is reached">
            None of these rules applies to a component in this scope.
          </EmptyState>
        ) : (
          <div className={styles.about} aria-busy={state.loading}>
            <Text as="p">
              {`${count(reached.components, 'component')} of ${count(
                reached.owners.length,
                'owner',
              )}, with ${count(
                reached.pairs,
                'check',
              )}: a rule on a component it applies to. `}
              {reached.pairsDone === reached.pairs
                ? 'All of them are done already.'
                : `${count(
                    reached.pairs - reached.pairsDone,
                    'is',
                    'are',
                  )} left to do.`}
            </Text>
            <Progress of="the campaign" progress={reached} />
            <table className={`${shared.table} ${styles.table}`}>
              <thead>
                <tr>
                  <th scope="col">Owner</th>
                  <th scope="col">Done already</th>
                </tr>
              </thead>
              <tbody>
                {reached.owners.map(one => {
                  const title = one.owner ? one.title : NO_GROUP.owner;
                  return (
                    <tr key={one.owner}>
                      <th scope="row">
                        {title}
                        <span className={styles.note}>
                          {count(one.components, 'component')}
                        </span>
                      </th>
                      <td>
                        <Progress of={title} progress={one} />
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        )
      }
    </AsyncContent>
  );
};

/** What a campaign would reach now; it follows what is chosen. */
export const CampaignPreview = ({ rules, scope }: Request) => {
  const [asked, setAsked] = useState<Request>({ rules, scope });
  useDebounce(() => setAsked({ rules, scope }), CHOOSING_MS, [rules, scope]);
  return (
    <SectionCard title="Whom it reaches now">
      {rules.length === 0 || asked.rules.length === 0 ? (
        <EmptyState title="No rule is chosen yet">
          Choose one to see which components it reaches, and how far they are.
        </EmptyState>
      ) : (
        <Reached {...asked} />
      )}
    </SectionCard>
  );
};
