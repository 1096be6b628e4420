import { ReactNode } from 'react';
import { Link, Text } from '@backstage/ui';
import {
  EmptyState,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { failing, JudgedRule, weightOf } from '../../data/verdicts';
import { count, LEVEL_WORDS } from '../../words';
import { Findings } from '../shared/Findings';
import styles from './entity.module.css';

const SHOWN = 5;

/** The failing rules that weigh most, each with the line to change. */
export const FixFirst = (props: {
  judged: readonly JudgedRule[];
  folder?: string;
  onOpen: (ruleId: string) => void;
  /** The pull request that mends it, or how to have one. */
  offer: (judged: JudgedRule) => ReactNode;
}) => {
  const { folder, onOpen, offer } = props;
  const rules = failing(props.judged);
  const others = rules.slice(SHOWN);
  const offered = others.filter(one => offer(one));
  return (
    <SectionCard title="What to fix first">
      {rules.length === 0 ? (
        <EmptyState title="Nothing fails">
          New rules and changes to the component appear here.
        </EmptyState>
      ) : (
        <ol className={styles.first}>
          {rules.slice(0, SHOWN).map(({ rule, verdict }) => (
            <li key={rule.id}>
              <div className={styles.firstHead}>
                <Link
                  href={`#${rule.id}`}
                  weight="bold"
                  onClick={() => onOpen(rule.id)}
                >
                  {rule.title}
                </Link>
                <Text variant="body-small" color="secondary">
                  {count(weightOf(rule), 'point')}, {LEVEL_WORDS[rule.level]}
                </Text>
              </div>
              <Findings findings={verdict.findings} folder={folder} most={1} />
              {offer({ rule, verdict })}
            </li>
          ))}
          {others.length > 0 && (
            <li>
              <Text color="secondary">
                {`${count(
                  others.length,
                  'more rule fails',
                  'more rules fail',
                )}: see below.`}
                {offered.length > 0 && ' A pull request can fix some of it:'}
              </Text>
              {offered.map(({ rule }) => (
                <Link
                  key={rule.id}
                  href={`#${rule.id}`}
                  onClick={() => onOpen(rule.id)}
                >
                  {rule.title}
                </Link>
              ))}
            </li>
          )}
        </ol>
      )}
    </SectionCard>
  );
};
