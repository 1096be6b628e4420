import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import {
  FunnelAnswer,
  FunnelStepName,
} from '@waymark/backstage-plugin-golden-paths-common';
import {
  AsyncContent,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { WindowQuery } from '../../api/GoldenPathsApi';
import { insightsApiRef } from '../../api/InsightsApi';
import { silenceWords } from '../../insightWords';
import { count, dayWords, durationWords } from '../../words';
import { Fact } from '../shared/Fact';
import shared from '../shared/shared.module.css';
import styles from './Funnel.module.css';

const STEP_WORDS: Record<FunnelStepName, string> = {
  opened: 'Form opened',
  started: 'Creation started',
  finished: 'Creation finished',
  'first-commit': 'First change by a person merged',
  'first-deployment': 'First deployment to production',
};
const SINCE_WORDS: Partial<Record<FunnelStepName, string>> = {
  opened: 'after the form was opened',
  started: 'after the start, with the wait',
  finished: 'after the end of the creation',
};

type Step = FunnelAnswer['steps'][number];

const Time = ({ time }: Pick<Step, 'time'>) =>
  time && time.n > 0 ? (
    <span className={shared.note}>
      {`Half within ${durationWords(time.p50)} ${SINCE_WORDS[time.since]}`}
      {time.n > 1 && `, 95 % within ${durationWords(time.p95)}`}
    </span>
  ) : null;

const Steps = ({ answer }: { answer: FunnelAnswer }) => {
  const { steps, silence, asked, visitsSince, window } = answer;
  const most = Math.max(1, ...steps.map(({ n }) => n ?? 0));
  const notes = [
    visitsSince > window.from &&
      `Opened forms are counted since ${dayWords(visitsSince)}.`,
    'Creations are also started by the command line and by the API, where no form is opened.',
    asked.count < asked.total &&
      `Delivery was asked of the newest ${asked.count} of ${count(
        asked.total,
        'service',
      )}.`,
    silence && silenceWords(silence, 'delivery'),
  ];
  return (
    <div className={shared.column}>
      <ol className={styles.steps}>
        {steps.map(({ step, n, time }) => (
          <li key={step}>
            <span className={styles.head}>
              <span>{STEP_WORDS[step]}</span>
              <b>{n === null ? 'Not known' : n.toLocaleString('en-GB')}</b>
            </span>
            <span className={styles.track} aria-hidden>
              <span
                className={styles.bar}
                style={{ width: `${(100 * (n ?? 0)) / most}%` }}
              />
            </span>
            <Time time={time} />
          </li>
        ))}
      </ol>
      <Text as="p" color="secondary">
        {notes.filter(Boolean).join(' ')}
      </Text>
    </div>
  );
};

const Newcomers = ({ newcomers }: Pick<FunnelAnswer, 'newcomers'>) => {
  if (!newcomers.known) {
    return (
      <Text as="p" color="secondary">
        {silenceWords(newcomers.why, 'delivery')}
      </Text>
    );
  }
  const { newcomers: n, settled, p50, unknown } = newcomers.answer;
  return (
    <div className={shared.column}>
      <dl className={shared.facts}>
        <Fact
          label="From the first to the tenth merged pull request"
          note={n > 0 ? `half of ${settled} who have merged it` : undefined}
        >
          {durationWords(p50)}
        </Fact>
        <Fact label="Have merged the tenth by now">{`${settled} of ${n}`}</Fact>
      </dl>
      <Text as="p" color="secondary">
        {`People whose first merged pull request in any repository lies in this period: ${n}.`}
        {unknown > 0 &&
          ` Of ${unknown} more it is not known whether it was their first: what the portal knows begins too shortly before.`}
      </Text>
    </div>
  );
};

/** How far creations come, and how soon people who are new settle in. */
export const FunnelSection = ({ query }: { query: WindowQuery }) => {
  const api = useApi(insightsApiRef);
  const state = useAsyncRetry(() => api.getFunnel(query), [api, query]);
  return (
    <div className={shared.columns}>
      <SectionCard title="How far creations come">
        <AsyncContent
          state={state}
          what="how far creations come"
          onRetry={state.retry}
        >
          {answer => <Steps answer={answer} />}
        </AsyncContent>
      </SectionCard>
      <SectionCard title="People who are new">
        <AsyncContent
          state={state}
          what="how people settle in"
          onRetry={state.retry}
        >
          {answer => <Newcomers newcomers={answer.newcomers} />}
        </AsyncContent>
      </SectionCard>
    </div>
  );
};
