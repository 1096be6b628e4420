import { useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Text } from '@backstage/ui';
import {
  goldenPathsUpgradePermission,
  ProvenanceAnswer,
} from '@waymark/backstage-plugin-golden-paths-common';
import {
  PullRequestLink,
  useFollow,
  useMayChange,
} from '@waymark/backstage-plugin-insights-react';
import { goldenPathsApiRef } from '../../api/GoldenPathsApi';
import { Snoozed } from './Snoozed';
import { UpgradeDialog } from './UpgradeDialog';

const FOLLOW_MS = 10_000;

/** The pull request that upgrades a service, or the button that opens one. */
export const UpgradeOffer = (props: {
  entity: Entity;
  stated: NonNullable<ProvenanceAnswer['stated']>;
  onChange: () => void;
}) => {
  const { entity, stated, onChange } = props;
  const api = useApi(goldenPathsApiRef);
  const mayUpgrade = useMayChange(entity, goldenPathsUpgradePermission);
  const entityRef = stringifyEntityRef(entity);
  const [isAsked, setAsked] = useState(false);
  const { value: upgrades = [], retry } = useAsyncRetry(
    () => api.getUpgrades(entityRef),
    [api, entityRef],
  );
  const [open] = upgrades;
  useFollow(retry, open ? FOLLOW_MS : null);
  return (
    <>
      {open && (
        <Text as="p">
          <PullRequestLink url={open.pullRequestUrl} />
          {` upgrades it to ${open.to}`}
          {open.conflicts > 0 && ', once its conflicts are decided on'}.
        </Text>
      )}
      {mayUpgrade && (
        <div>
          <Button variant="secondary" onPress={() => setAsked(true)}>
            {open ? 'Update the pull request' : 'Upgrade'}
          </Button>
        </div>
      )}
      <Snoozed
        {...stated}
        entityRef={entityRef}
        mayChange={mayUpgrade}
        onChange={onChange}
      />
      {isAsked && (
        <UpgradeDialog
          entityRef={entityRef}
          onClose={() => setAsked(false)}
          onOpened={retry}
        />
      )}
    </>
  );
};
