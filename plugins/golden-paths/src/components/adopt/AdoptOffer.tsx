import { useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Text } from '@backstage/ui';
import { goldenPathsUpgradePermission } from '@waymark/backstage-plugin-golden-paths-common';
import {
  EmptyState,
  PullRequestLink,
  useFollow,
  useMayChange,
} from '@waymark/backstage-plugin-insights-react';
import { goldenPathsApiRef } from '../../api/GoldenPathsApi';
import shared from '../shared/shared.module.css';
import { AdoptDialog } from './AdoptDialog';

const FOLLOW_MS = 10_000;

/** What is said of a component that no golden path made: nothing has to be done. */
export const AdoptOffer = (props: {
  entity: Entity;
  /** What it says may be another now. */
  onChange: () => void;
}) => {
  const { entity, onChange } = props;
  const api = useApi(goldenPathsApiRef);
  const mayAdopt = useMayChange(entity, goldenPathsUpgradePermission);
  const entityRef = stringifyEntityRef(entity);
  const [isAsked, setAsked] = useState(false);
  const { value: adoptions = [], retry } = useAsyncRetry(
    () => api.getAdoptions(entityRef),
    [api, entityRef],
  );
  const open = adoptions.find(({ state }) => state === 'open');
  const isMerged = adoptions.some(({ state }) => state === 'merged');
  useFollow(
    () => {
      retry();
      onChange();
    },
    open || isMerged ? FOLLOW_MS : null,
  );
  return (
    <div className={shared.column}>
      <EmptyState
        title="Made by hand, or before golden paths"
        action={
          mayAdopt && (
            <Button
              variant="tertiary"
              size="small"
              onPress={() => setAsked(true)}
            >
              {open ? 'Look again' : 'Adopt a golden path'}
            </Button>
          )
        }
      >
        It names no template, and no creation of it was recorded.
      </EmptyState>
      {open && (
        <Text as="p">
          <PullRequestLink url={open.pullRequestUrl} /> puts it on a golden
          path.
        </Text>
      )}
      {isAsked && (
        <AdoptDialog
          entityRef={entityRef}
          onClose={() => setAsked(false)}
          onOpened={retry}
        />
      )}
    </div>
  );
};
