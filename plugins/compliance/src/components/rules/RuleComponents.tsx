import { useEffect, useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Link, Text } from '@backstage/ui';
import { Outcome } from '@waymark/backstage-plugin-compliance-common';
import {
  AsyncContent,
  dayWords,
  EmptyState,
} from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../../api/ComplianceApi';
import { EntityTitle } from '../shared/EntityName';
import { Findings } from '../shared/Findings';
import { useLinks } from '../shared/useLinks';
import shared from '../shared/shared.module.css';
import styles from './rules.module.css';

const PAGE_SIZE = 20;

/** The components of which a rule says so, longest first. */
export const RuleComponents = (props: { ruleId: string; outcome: Outcome }) => {
  const { ruleId, outcome } = props;
  const api = useApi(complianceApiRef);
  const links = useLinks();
  const [offset, setOffset] = useState(0);
  useEffect(() => setOffset(0), [ruleId, outcome]);
  const state = useAsyncRetry(
    () => api.getRule(ruleId, { outcome, limit: PAGE_SIZE, offset }),
    [api, ruleId, outcome, offset],
  );
  return (
    <AsyncContent state={state} what="the components" onRetry={state.retry}>
      {({ items, total }) =>
        items.length === 0 ? (
          <EmptyState title="None" />
        ) : (
          <>
            <ul className={shared.list} aria-busy={state.loading}>
              {items.map(item => (
                <li key={item.entityRef}>
                  <Link href={links.tab(item.entityRef, ruleId)} weight="bold">
                    {item.title}
                  </Link>{' '}
                  <Text color="secondary" variant="body-small">
                    {item.owner && (
                      <>
                        <EntityTitle entityRef={item.owner} />,{' '}
                      </>
                    )}
                    since {dayWords(item.since)}
                  </Text>
                  {item.reason && <Text as="p">{item.reason}</Text>}
                  {item.exemptUntil && (
                    <Text as="p">
                      Exempt up to and including {dayWords(item.exemptUntil)}
                    </Text>
                  )}
                  <Findings findings={item.findings} most={2} />
                </li>
              ))}
            </ul>
            {total > PAGE_SIZE && (
              <div className={styles.more}>
                <Text color="secondary">
                  {`${offset + 1} to ${offset + items.length} of ${total}`}
                </Text>
                <div>
                  <Button
                    variant="secondary"
                    isDisabled={offset === 0}
                    onPress={() => setOffset(offset - PAGE_SIZE)}
                  >
                    Previous
                  </Button>{' '}
                  <Button
                    variant="secondary"
                    isDisabled={offset + PAGE_SIZE >= total}
                    onPress={() => setOffset(offset + PAGE_SIZE)}
                  >
                    Next
                  </Button>
                </div>
              </div>
            )}
          </>
        )
      }
    </AsyncContent>
  );
};
