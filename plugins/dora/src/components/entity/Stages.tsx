import { Text } from '@backstage/ui';
import { Five } from '@waymark/backstage-plugin-dora-common';
import { SectionCard } from '@waymark/backstage-plugin-insights-react';
import { count, durationWords } from '../../format';
import { NO_DATA_WORDS } from '../../words';
import styles from './entity.module.css';

const STAGES = [
  { id: 'coding', label: 'Coding', from: 'first commit to ready for review' },
  { id: 'review', label: 'Review', from: 'ready for review to merged' },
  { id: 'deploy', label: 'Deploy', from: 'merged to in production' },
] as const;

/** Where the lead time goes. */
export const Stages = ({ leadTime }: Pick<Five, 'leadTime'>) => {
  if (leadTime.status === 'no-data') {
    return (
      <SectionCard title="Where the lead time goes">
        <Text>{NO_DATA_WORDS[leadTime.why].why(leadTime.n)}</Text>
      </SectionCard>
    );
  }
  const longest = Math.max(
    1,
    ...STAGES.map(({ id }) => leadTime.stages[id]?.median ?? 0),
  );
  return (
    <SectionCard title="Where the lead time goes">
      <dl className={styles.stages}>
        {STAGES.map(({ id, label, from }) => {
          const stage = leadTime.stages[id];
          return (
            <div key={id}>
              <dt>
                {label}
                <span className={styles.from}>{from}</span>
              </dt>
              <dd>
                {stage ? (
                  <>
                    <span
                      className={styles.stage}
                      style={{ width: `${(100 * stage.median) / longest}%` }}
                      aria-hidden
                    />
                    <b>{durationWords(stage.median)}</b>{' '}
                    <span className={styles.basis}>
                      from {count(stage.n, 'change')}
                    </span>
                  </>
                ) : (
                  'No data'
                )}
              </dd>
            </div>
          );
        })}
      </dl>
      <Text as="p" variant="body-small" color="secondary">
        Half of the changes take less in that part. Such middles need not add up
        to that of the whole.
      </Text>
    </SectionCard>
  );
};
