import { useEntity } from '@backstage/plugin-catalog-react';
import { Flex, Text } from '@backstage/ui';
import {
  LifecycleBadge,
  operationsOf,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { missingOf } from '../expectations';
import { ownerRefOf } from '../owner';
import { Deprecated } from './Deprecated';
import { Fact, FactLink, LinksFact } from './Facts';
import { OwnerFacts } from './OwnerFacts';
import styles from './OnCallCard.module.css';

/** What one needs at three in the morning, in the order one needs it. */
export const OnCallCard = () => {
  const { entity } = useEntity();
  const operations = operationsOf(entity);
  const ownerRef = ownerRefOf(entity);
  const missing = missingOf(entity, operations);
  const { runbook, docs, repository, lifecycle, tier } = operations;

  return (
    <SectionCard title="On call">
      <Flex direction="column" gap="4">
        {lifecycle === 'deprecated' && (
          <Deprecated successor={operations.successor} />
        )}
        <dl className={styles.facts}>
          {ownerRef ? (
            <OwnerFacts ownerRef={ownerRef} />
          ) : (
            <Fact name="Owner">
              <Text color="secondary">
                Nobody owns this. Set spec.owner in catalog-info.yaml.
              </Text>
            </Fact>
          )}
          {operations.pagerDutyService && (
            <Fact name="PagerDuty">
              <Text>Service {operations.pagerDutyService}</Text>
            </Fact>
          )}
          {runbook && (
            <Fact name="Runbook">
              <FactLink url={runbook.url}>
                {runbook.title ?? 'Runbook'}
              </FactLink>
            </Fact>
          )}
          {docs && (
            <Fact name="Docs">
              <FactLink url={docs}>Documentation</FactLink>
            </Fact>
          )}
          <LinksFact name="Dashboards" links={operations.dashboards} />
          <LinksFact name="Health" links={operations.health} />
          {repository && (
            <Fact name="Code">
              <FactLink url={repository.url}>{repository.slug}</FactLink>
              <FactLink url={repository.changesUrl}>Recent changes</FactLink>
            </Fact>
          )}
          {tier && (
            <Fact name="Tier">
              <Text>{tier}</Text>
            </Fact>
          )}
          {lifecycle && (
            <Fact name="Lifecycle">
              <LifecycleBadge lifecycle={lifecycle} />
            </Fact>
          )}
        </dl>
        {missing.length > 0 && (
          <ul className={styles.missing} aria-label="Missing">
            {missing.map(({ what, how }) => (
              <li key={what}>
                <Text weight="bold">{what}:</Text>{' '}
                <Text color="secondary">{how}</Text>
              </li>
            ))}
          </ul>
        )}
      </Flex>
    </SectionCard>
  );
};
