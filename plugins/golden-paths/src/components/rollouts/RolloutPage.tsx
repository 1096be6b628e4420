import { useState } from 'react';
import { useParams } from 'react-router-dom';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import { ButtonLink, Text } from '@backstage/ui';
import { RolloutPage as Answer } from '@waymark/backstage-plugin-golden-paths-common';
import {
  AsyncContent,
  EmptyState,
  SectionCard,
  ShareBar,
  useFollow,
} from '@waymark/backstage-plugin-insights-react';
import { goldenPathsApiRef } from '../../api/GoldenPathsApi';
import { count, dayWords } from '../../words';
import { EntityName } from '../shared/EntityName';
import { Page } from '../shared/Page';
import { GivenAnswers } from './GivenAnswers';
import { RolloutActions } from './RolloutActions';
import { RolloutServices } from './RolloutServices';
import {
  nameOf,
  sharesOf,
  STATE_WORDS,
  totalOf,
  WAITS_WORDS,
} from './rolloutWords';
import { useRolloutLinks } from './useRolloutLinks';
import shared from '../shared/shared.module.css';

/** While pull requests are being made, and while they are merged. */
const FOLLOW_MS = { running: 3_000, others: 15_000 };

const About = (props: {
  answer: Answer;
  onChange: (answer: Answer) => void;
}) => {
  const { rollout } = props.answer;
  const { afterBatch, batch, batchSize, counts, state, waitsFor } = rollout;
  return (
    <SectionCard title={nameOf(rollout)}>
      <div className={shared.column}>
        <ShareBar title="Services" shares={sharesOf(counts)} />
        <div role="status">
          <Text as="p" weight="bold">
            {STATE_WORDS[state]}
            {state !== 'done' &&
              state !== 'stopped' &&
              (batch === 0
                ? ': the first service'
                : `: batch ${batch}, of ${batchSize} each`)}
          </Text>
          {waitsFor && <Text as="p">{WAITS_WORDS[waitsFor]}</Text>}
        </div>
        <Text as="p">{rollout.reason}</Text>
        <Text as="p" color="secondary">
          {`Started on ${dayWords(rollout.startedAt)} by `}
          <EntityName entityRef={rollout.startedBy} />
          {`, for ${count(totalOf(counts), 'service')}, with `}
          <EntityName entityRef={rollout.canary} />
          {` first. After a batch it ${
            afterBatch === 'ask' ? 'asks' : 'goes on by itself'
          }, and it asks when more than ${Math.round(
            100 * rollout.maxFailedShare,
          )} % of a batch failed.`}
        </Text>
        <GivenAnswers inputs={rollout.inputs} />
        <RolloutActions {...props} />
      </div>
    </SectionCard>
  );
};

const Nothing = () => {
  const links = useRolloutLinks();
  return (
    <SectionCard title="Rollout">
      <EmptyState
        title="There is no such rollout"
        action={
          links.all && (
            <ButtonLink variant="secondary" href={links.all}>
              All rollouts
            </ButtonLink>
          )
        }
      />
    </SectionCard>
  );
};

/** One rollout: how far it is, service by service. */
export const RolloutPage = () => {
  const { id = '' } = useParams();
  const api = useApi(goldenPathsApiRef);
  /** What an action has answered is newer than what was read before. */
  const [changed, setChanged] = useState<Answer>();
  const state = useAsyncRetry(async () => {
    setChanged(undefined);
    try {
      return await api.getRollout(id);
    } catch (error) {
      const { name } = error as Error;
      if (name === 'NotFoundError' || name === 'InputError') return null;
      throw error;
    }
  }, [api, id]);
  const isRunning = (changed ?? state.value)?.rollout.state === 'running';
  useFollow(state.retry, isRunning ? FOLLOW_MS.running : FOLLOW_MS.others);
  return (
    <Page title="Rollout">
      <AsyncContent state={state} what="the rollout" onRetry={state.retry}>
        {found => {
          if (!found) return <Nothing />;
          const answer = changed ?? found;
          return (
            <>
              <About answer={answer} onChange={setChanged} />
              <RolloutServices answer={answer} />
            </>
          );
        }}
      </AsyncContent>
    </Page>
  );
};
