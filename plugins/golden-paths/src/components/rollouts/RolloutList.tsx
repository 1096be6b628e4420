import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink, Link } from '@backstage/ui';
import {
  Rollout,
  rolloutManagePermission,
} from '@waymark/backstage-plugin-golden-paths-common';
import {
  AsyncContent,
  EmptyState,
  SectionCard,
  ShareBar,
} from '@waymark/backstage-plugin-insights-react';
import { goldenPathsApiRef } from '../../api/GoldenPathsApi';
import { count, dayWords } from '../../words';
import { EntityName } from '../shared/EntityName';
import { Page } from '../shared/Page';
import { nameOf, sharesOf, STATE_WORDS, totalOf } from './rolloutWords';
import { useRolloutLinks } from './useRolloutLinks';
import shared from '../shared/shared.module.css';

const Item = ({ rollout }: { rollout: Rollout }) => {
  const links = useRolloutLinks();
  return (
    <li>
      <span>
        <Link href={links.one(rollout.id)} weight="bold">
          {nameOf(rollout)}
        </Link>
        <span className={shared.note}>
          {`${STATE_WORDS[rollout.state]}, ${count(
            totalOf(rollout.counts),
            'service',
          )}`}
        </span>
        <span className={shared.note}>
          {`Started on ${dayWords(rollout.startedAt)} by `}
          <EntityName entityRef={rollout.startedBy} />
        </span>
      </span>
      <ShareBar title={nameOf(rollout)} shares={sharesOf(rollout.counts)} />
    </li>
  );
};

/** New versions that were brought to all services. */
export const RolloutList = () => {
  const api = useApi(goldenPathsApiRef);
  const links = useRolloutLinks();
  const { allowed } = usePermission({ permission: rolloutManagePermission });
  const state = useAsyncRetry(() => api.getRollouts(), [api]);
  const begin = allowed && (
    <ButtonLink variant="primary" href={links.begin() ?? '..'}>
      New rollout
    </ButtonLink>
  );
  return (
    <Page title="Rollouts">
      <SectionCard title="Rollouts" action={state.value?.length ? begin : null}>
        <AsyncContent state={state} what="the rollouts" onRetry={state.retry}>
          {rollouts =>
            rollouts.length === 0 ? (
              <EmptyState title="There is no rollout yet" action={begin}>
                A rollout brings the newest version of a golden path to all
                services that are behind, by pull requests: one of them first,
                the others in batches.
              </EmptyState>
            ) : (
              <ul className={shared.list}>
                {rollouts.map(rollout => (
                  <Item key={rollout.id} rollout={rollout} />
                ))}
              </ul>
            )
          }
        </AsyncContent>
      </SectionCard>
    </Page>
  );
};
