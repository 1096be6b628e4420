import { useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  Exemption,
  exemptionDecidePermission,
  exemptionRequestPermission,
  Rule,
} from '@waymark/backstage-plugin-compliance-common';
import {
  AsyncContent,
  EmptyState,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../../api/ComplianceApi';
import { Page } from '../shared/Page';
import shared from '../shared/shared.module.css';
import { Decision, DecisionDialog } from './DecisionDialog';
import { ExemptionItem } from './ExemptionItem';
import { useOwned } from './useOwned';

const SECTIONS: {
  title: string;
  states: Exemption['state'][];
  none: string;
}[] = [
  { title: 'Asked for', states: ['requested'], none: 'Nothing is asked for.' },
  { title: 'Holding', states: ['approved'], none: 'None holds.' },
  {
    title: 'Ended',
    states: ['denied', 'ended', 'expired'],
    none: 'None has ended yet.',
  },
];

/** Leave to break a rule: asked for, holding, and over. */
export const ExemptionsPage = () => {
  const api = useApi(complianceApiRef);
  const identityApi = useApi(identityApiRef);
  const me = useAsync(() => identityApi.getBackstageIdentity(), [identityApi]);
  const { allowed } = usePermission({ permission: exemptionDecidePermission });
  const [deciding, setDeciding] = useState<{
    exemption: Exemption;
    decision: Decision;
  }>();
  const state = useAsyncRetry(async () => {
    const [exemptions, { rules }] = await Promise.all([
      api.getExemptions(),
      api.getRules(),
    ]);
    return {
      exemptions,
      rules: new Map<string, Rule>(rules.map(rule => [rule.id, rule])),
    };
  }, [api]);
  const { allowed: mayAsk } = usePermission({
    permission: exemptionRequestPermission,
  });
  const owned = useOwned(
    (state.value?.exemptions ?? [])
      .filter(one => one.state === 'approved')
      .map(({ entityRef }) => entityRef),
  );
  return (
    <Page title="Exemptions">
      <AsyncContent state={state} what="the exemptions" onRetry={state.retry}>
        {({ exemptions, rules }) => (
          <>
            {SECTIONS.map(({ title, states, none }) => {
              const items = exemptions.filter(one =>
                states.includes(one.state),
              );
              return (
                <SectionCard key={title} title={title}>
                  {items.length === 0 ? (
                    <EmptyState title={none}>
                      {title === 'Asked for' &&
                        'Owners ask on the Compliance tab of a component, at a rule that fails.'}
                    </EmptyState>
                  ) : (
                    <ul className={shared.list}>
                      {items.map(exemption => (
                        <ExemptionItem
                          key={exemption.id}
                          exemption={exemption}
                          rules={rules}
                          mayDecide={allowed}
                          mayEnd={mayAsk && owned.has(exemption.entityRef)}
                          isMine={
                            me.value?.userEntityRef === exemption.requestedBy
                          }
                          onDecide={decision =>
                            setDeciding({ exemption, decision })
                          }
                        />
                      ))}
                    </ul>
                  )}
                </SectionCard>
              );
            })}
            {deciding && (
              <DecisionDialog
                {...deciding}
                ruleTitle={
                  rules.get(deciding.exemption.rule)?.title ??
                  deciding.exemption.rule
                }
                onClose={() => setDeciding(undefined)}
                onDone={() => {
                  setDeciding(undefined);
                  state.retry();
                }}
              />
            )}
          </>
        )}
      </AsyncContent>
    </Page>
  );
};
