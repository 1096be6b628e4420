import { useApi } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import {
  AsyncContent,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { doraApiRef } from '../../api/DoraApi';
import { Asked } from '../../data/asked';
import { useLive } from '../../data/useLive';
import { count } from '../../format';
import { when } from '../../time';
import { resultWords } from '../events/eventWords';
import { listQuery } from '../events/eventsQuery';
import { ItemOf } from '../events/useList';
import { dayWords, addDays } from '../../time';
import { KIND_WORDS } from '../../words';
import styles from './entity.module.css';

type Deployment = ItemOf<'deployments'>;
type Incident = ItemOf<'incidents'>;

const LATEST = 200;

const LOOKS = [
  { look: 'good', label: 'Planned deployment' },
  { look: 'extra', label: 'Hotfix or rollback' },
  { look: 'bad', label: 'Deployment that failed' },
  { look: 'incident', label: 'Incident, as long as it lasted' },
] as const;

function lookOf({ result, failure, kind }: Deployment) {
  if (failure || result === 'failure') return 'bad';
  return kind === 'planned' ? 'good' : 'extra';
}

/** Deployments, and incidents below them, on one line of time. */
const Drawing = (props: {
  asked: Asked;
  asOf: string;
  deployments: Deployment[];
  incidents: Incident[];
}) => {
  const { asked, asOf, deployments, incidents } = props;
  const { from, to, timeZone } = asked.window;
  const start = Date.parse(from);
  const span = Date.parse(to) - start;
  const place = (at: string) =>
    100 * Math.min(1, Math.max(0, (Date.parse(at) - start) / span));
  const title = `${count(deployments.length, 'deployment')} and ${count(
    incidents.length,
    'incident',
  )}; the list below names each`;
  return (
    <figure className={styles.timeline}>
      <div role="img" aria-label={title}>
        <div className={styles.lane}>
          {deployments.map(deployment => {
            const at = deployment.finishedAt ?? deployment.startedAt;
            const words = [
              when(at, timeZone),
              KIND_WORDS[deployment.kind],
              resultWords(deployment),
            ];
            return (
              <span
                key={deployment.id}
                className={`${styles.mark} ${styles[lookOf(deployment)]}`}
                style={{ left: `${place(at)}%` }}
                title={words.join(', ')}
              />
            );
          })}
        </div>
        <div className={styles.lane}>
          {incidents.map(incident => {
            const left = place(incident.startedAt);
            const end = place(incident.resolvedAt ?? asOf);
            return (
              <span
                key={incident.id}
                className={styles.incident}
                style={{ left: `${left}%`, width: `${end - left}%` }}
                title={`${incident.title}, ${when(
                  incident.startedAt,
                  timeZone,
                )}`}
              />
            );
          })}
        </div>
      </div>
      <div className={styles.ends} aria-hidden>
        <span>{dayWords(from)}</span>
        <span>{dayWords(addDays(to, -1))}</span>
      </div>
      <ul className={styles.legend}>
        {LOOKS.map(({ look, label }) => (
          <li key={look}>
            <span
              className={`${styles.swatch} ${
                look === 'incident' ? styles.incident : styles.mark
              } ${styles[look]}`}
            />
            {label}
          </li>
        ))}
      </ul>
    </figure>
  );
};

/** Whether incidents follow deployments, seen at once. */
export const Timeline = ({ asked, asOf }: { asked: Asked; asOf: string }) => {
  const api = useApi(doraApiRef);
  const query = (list: 'deployments' | 'incidents') => ({
    ...listQuery(asked, { list }),
    limit: LATEST,
  });
  const state = useLive(async () => {
    const [deployments, incidents] = await Promise.all([
      api.getDeployments(query('deployments')),
      api.getIncidents(query('incidents')),
    ]);
    return { deployments, incidents };
  }, JSON.stringify(query('deployments')));
  return (
    <SectionCard title="Deployments and incidents">
      <AsyncContent state={state} what="the time line" onRetry={state.retry}>
        {({ deployments, incidents }) => {
          const production = deployments.items.filter(one => one.production);
          if (production.length + incidents.items.length === 0) {
            return <Text color="secondary">Nothing in this time.</Text>;
          }
          return (
            <>
              <Drawing
                asked={asked}
                asOf={asOf}
                deployments={production}
                incidents={incidents.items}
              />
              {(deployments.next || incidents.next) && (
                <Text as="p" variant="body-small" color="secondary">
                  {`The latest ${LATEST} of each are drawn.`}
                </Text>
              )}
            </>
          );
        }}
      </AsyncContent>
    </SectionCard>
  );
};
