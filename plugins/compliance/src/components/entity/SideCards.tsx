import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import { Link, Text } from '@backstage/ui';
import {
  ComponentReport,
  PARTS,
  Rule,
} from '@waymark/backstage-plugin-compliance-common';
import {
  AsyncContent,
  EmptyState,
  SectionCard,
  TrendLine,
} from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../../api/ComplianceApi';
import { ago, when } from '../../time';
import { OUTCOME_WORDS, PART_WORDS } from '../../words';
import shared from '../shared/shared.module.css';
import styles from './entity.module.css';

/** How the score went. */
export const HistoryCard = ({ report }: { report: ComponentReport }) => {
  const api = useApi(complianceApiRef);
  const { entityRef, evaluatedAt } = report;
  const state = useAsyncRetry(
    () => api.getHistory({ entityRef }),
    // A new check may have added to it.
    [api, entityRef, evaluatedAt],
  );
  return (
    <SectionCard title="History">
      <AsyncContent state={state} what="the history" onRetry={state.retry}>
        {({ points }) => (
          <TrendLine
            title="Score"
            points={points.map(({ day, score }) => ({ day, value: score }))}
          />
        )}
      </AsyncContent>
    </SectionCard>
  );
};

type Change = ComponentReport['changes'][number];

function whyWords({ from, to, why }: Change): string {
  if (why === 'rules') return 'the rule changed';
  if (why === 'exemption') {
    return to === 'exempt' ? 'an exemption began' : 'an exemption ended';
  }
  if (from === 'unknown') return 'it could be read now';
  return to === 'unknown' ? 'it could not be read' : 'the component changed';
}

function turnWords({ from, to }: Change): string {
  if (!to) return 'No longer asked';
  const now = OUTCOME_WORDS[to].toLowerCase();
  return from ? `${OUTCOME_WORDS[from]}, now ${now}` : `New: ${now}`;
}

/** Verdicts of the last seven days that are not what they were. */
export const ChangesCard = (props: {
  report: ComponentReport;
  rules: readonly Rule[];
}) => {
  const { changes } = props.report;
  const titles = new Map(props.rules.map(({ id, title }) => [id, title]));
  return (
    <SectionCard title="What changed in seven days">
      {changes.length === 0 ? (
        <EmptyState title="Nothing changed" />
      ) : (
        <ul className={shared.list}>
          {changes.map(change => (
            <li key={`${change.rule} ${change.at}`}>
              <Text as="p">{titles.get(change.rule) ?? change.rule}</Text>
              <Text as="p" variant="body-small" color="secondary">
                {[turnWords(change), `because ${whyWords(change)}`].join(', ')}
                {' · '}
                <time dateTime={change.at} title={when(change.at)}>
                  {ago(change.at)}
                </time>
              </Text>
            </li>
          ))}
        </ul>
      )}
    </SectionCard>
  );
};

/** Of an address its path is enough to tell repositories apart. */
const Source = ({ source }: { source: string }) => {
  const [address, ...rest] = source.split(' ');
  if (!/^https?:\/\//.test(address)) return <>{source}</>;
  const path = new URL(address).pathname
    .replace(/^\//, '')
    .replace(/\/(?:-\/)?tree\/[^/]+\/?$/, '');
  return (
    <Link
      href={address}
      target="_blank"
      rel="noopener noreferrer"
      variant="body-small"
    >
      {[path, ...rest].join(' ')}
    </Link>
  );
};

/** When what the rules read was read, and from where. */
export const OriginsCard = ({ report }: { report: ComponentReport }) => {
  const origins = [...report.origins].sort(
    (a, b) => PARTS.indexOf(a.part) - PARTS.indexOf(b.part),
  );
  return (
    <SectionCard title="What the rules read">
      <dl className={styles.facts}>
        {origins.map(({ part, source, collectedAt, error }) => (
          <div key={part}>
            <dt>{PART_WORDS[part]}</dt>
            {error && <dd>Not known: {error}</dd>}
            {collectedAt && (
              <dd>
                <time dateTime={collectedAt} title={when(collectedAt)}>
                  {error ? 'Tried' : 'Read'} {ago(collectedAt)}
                </time>
                {source && (
                  <>
                    {error ? ' at ' : ' from '}
                    <Source source={source} />
                  </>
                )}
              </dd>
            )}
          </div>
        ))}
      </dl>
      {origins.length === 0 && <EmptyState title="Nothing was read yet" />}
    </SectionCard>
  );
};
