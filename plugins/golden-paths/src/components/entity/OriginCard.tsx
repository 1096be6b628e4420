import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Text } from '@backstage/ui';
import { ProvenanceAnswer } from '@waymark/backstage-plugin-golden-paths-common';
import {
  AsyncContent,
  SectionCard,
  useFollow,
} from '@waymark/backstage-plugin-insights-react';
import { goldenPathsApiRef } from '../../api/GoldenPathsApi';
import { dayWords, positionWords } from '../../words';
import { AdoptOffer } from '../adopt/AdoptOffer';
import { EntityName } from '../shared/EntityName';
import { Gate } from '../shared/Page';
import shared from '../shared/shared.module.css';
import { UpgradeOffer } from '../upgrade/UpgradeOffer';

const FOLLOW_MS = 10_000;

const Made = ({ creation }: Pick<ProvenanceAnswer, 'creation'>) =>
  creation && (
    <Text as="p" color="secondary">
      {`Created on ${dayWords(creation.finishedAt ?? creation.queuedAt)}`}
      {creation.userRef && (
        <>
          {' by '}
          <EntityName entityRef={creation.userRef} />
        </>
      )}
      {creation.version && `, with version ${creation.version}`}
      {creation.commit && ` at commit ${creation.commit.slice(0, 7)}`}.
    </Text>
  );

const Origin = ({
  answer: { stated, creation },
  entity,
  onChange,
}: {
  answer: ProvenanceAnswer;
  entity: Entity;
  onChange: () => void;
}) => {
  if (!stated && !creation) {
    return <AdoptOffer entity={entity} onChange={onChange} />;
  }
  return (
    <div className={shared.column}>
      {stated ? (
        <Text as="p">
          {stated.adopted ? 'Adopted ' : 'Made by '}
          <EntityName
            entityRef={stated.templateRef}
            {...(stated.title && { title: stated.title })}
          />
          {stated.version && ` ${stated.version}`}
          {': '}
          <b>{positionWords(stated).toLocaleLowerCase('en')}</b>
          {stated.standing === 'behind' && `, newest is ${stated.newest}`}.
        </Text>
      ) : (
        <Text as="p">
          Made by <EntityName entityRef={creation!.templateRef} />, which it no
          longer names.
        </Text>
      )}
      <Made creation={creation} />
      {stated?.standing === 'behind' && (
        <UpgradeOffer entity={entity} stated={stated} onChange={onChange} />
      )}
    </div>
  );
};

const Loaded = ({ entity }: { entity: Entity }) => {
  const api = useApi(goldenPathsApiRef);
  const entityRef = stringifyEntityRef(entity);
  const state = useAsyncRetry(
    () => api.getProvenance(entityRef),
    [api, entityRef],
  );
  // What is behind may be upgraded while somebody looks.
  const isBehind = state.value?.stated?.standing === 'behind';
  useFollow(state.retry, isBehind ? FOLLOW_MS : null);
  return (
    <AsyncContent state={state} what="what made it" onRetry={state.retry}>
      {answer => (
        <Origin answer={answer} entity={entity} onChange={state.retry} />
      )}
    </AsyncContent>
  );
};

/** What made a service, and how far behind it is. */
export const OriginCard = () => {
  const { entity } = useEntity();
  return (
    <SectionCard title="Golden path">
      <Gate>
        <Loaded entity={entity} />
      </Gate>
    </SectionCard>
  );
};
