import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Flex, Link, Text } from '@backstage/ui';
import {
  AsyncContent,
  EmptyState,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { Found, useReport } from '../../data/useReport';
import { failing, withRules } from '../../data/verdicts';
import { count, SEVERITY_WORDS, TRACK_WORDS } from '../../words';
import { LevelBadge } from '../shared/Level';
import { useLinks } from '../shared/useLinks';
import shared from '../shared/shared.module.css';
import styles from './ComplianceCard.module.css';

const SHOWN = 3;

const Summary = (props: Found & { entityRef: string }) => {
  const { report, rules, entityRef } = props;
  const links = useLinks();
  if (!report) {
    return (
      <EmptyState title="Not checked yet">
        A new component is checked within minutes.
      </EmptyState>
    );
  }
  const { total, tracks } = report;
  const fails = failing(withRules(report.verdicts, rules));
  return (
    <Flex direction="column" gap="4">
      <div className={styles.head}>
        <p className={styles.total}>
          {total.score === undefined ? (
            <Text>No data</Text>
          ) : (
            <>
              <span className={shared.big}>{total.score}</span>
              <Text color="secondary">of 100</Text>
            </>
          )}
        </p>
        <dl className={styles.levels}>
          {tracks
            .filter(({ level }) => level !== 'not-applicable')
            .map(({ track, level }) => (
              <div key={track}>
                <dt>{TRACK_WORDS[track]}</dt>
                <dd>
                  <LevelBadge level={level} />
                </dd>
              </div>
            ))}
        </dl>
      </div>
      {fails.length === 0 ? (
        <Text>Nothing fails.</Text>
      ) : (
        <ul className={styles.fails} aria-label="Worst failing rules">
          {fails.slice(0, SHOWN).map(({ rule }) => (
            <li key={rule.id}>
              <Link href={links.tab(entityRef, rule.id)}>{rule.title}</Link>{' '}
              <Text color="secondary" variant="body-small">
                {SEVERITY_WORDS[rule.severity]}
              </Text>
            </li>
          ))}
          {fails.length > SHOWN && (
            <li>
              <Text color="secondary" variant="body-small">
                {count(
                  fails.length - SHOWN,
                  'more rule fails',
                  'more rules fail',
                )}
              </Text>
            </li>
          )}
        </ul>
      )}
    </Flex>
  );
};

/** The score on the overview: levels, and the three worst of what fails. */
export const ComplianceCard = () => {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const { state, retry } = useReport(entityRef);
  const links = useLinks();
  return (
    <SectionCard
      title="Compliance"
      action={<Link href={links.tab(entityRef)}>All rules</Link>}
    >
      <AsyncContent state={state} what="the compliance score" onRetry={retry}>
        {found => <Summary {...found} entityRef={entityRef} />}
      </AsyncContent>
    </SectionCard>
  );
};
