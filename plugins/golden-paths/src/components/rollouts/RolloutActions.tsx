import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Alert, Button, Text } from '@backstage/ui';
import {
  RolloutPage,
  rolloutManagePermission,
} from '@waymark/backstage-plugin-golden-paths-common';
import { SendDialog } from '@waymark/backstage-plugin-insights-react';
import { goldenPathsApiRef, RolloutDeed } from '../../api/GoldenPathsApi';
import { count } from '../../words';
import styles from './rollouts.module.css';

/** What the platform team can do with it; nothing for all others. */
export const RolloutActions = (props: {
  answer: RolloutPage;
  onChange: (answer: RolloutPage) => void;
}) => {
  const { answer, onChange } = props;
  const { counts, id, state, waitsFor } = answer.rollout;
  const api = useApi(goldenPathsApiRef);
  const { allowed } = usePermission({ permission: rolloutManagePermission });
  const [doing, setDoing] = useState<RolloutDeed>();
  const [error, setError] = useState<Error>();
  const [isStopping, setStopping] = useState(false);
  if (!allowed || state === 'stopped') return null;

  const send = async (deed: RolloutDeed) => {
    setDoing(deed);
    setError(undefined);
    try {
      onChange(await api.moveRollout(id, deed));
    } catch (failure) {
      setError(failure as Error);
    }
    setDoing(undefined);
  };
  const button = (
    deed: RolloutDeed,
    label: string,
    variant: 'primary' | 'secondary' = 'secondary',
  ) => (
    <Button
      variant={variant}
      isPending={doing === deed}
      onPress={() => send(deed)}
    >
      {label}
    </Button>
  );
  const isOpen = state !== 'done';
  return (
    <>
      {error && (
        <Alert
          status="danger"
          icon
          title="It was not done"
          description={error.message}
        />
      )}
      <div className={styles.actions}>
        {(state === 'waiting' || state === 'paused') &&
          button(
            'go-on',
            waitsFor === 'merge' ? 'Go on now' : 'Go on',
            'primary',
          )}
        {(state === 'running' || state === 'waiting') &&
          button('pause', 'Pause')}
        {counts.failed > 0 &&
          button('retry', `Retry ${count(counts.failed, 'service')}`)}
        {isOpen && (
          <Button variant="secondary" onPress={() => setStopping(true)}>
            Stop
          </Button>
        )}
      </div>
      {isStopping && (
        <SendDialog
          title="Stop the rollout"
          verb="Stop it"
          destructive
          refusal="It was not stopped"
          onSend={async () => {
            onChange(await api.moveRollout(id, 'stop'));
            setStopping(false);
          }}
          onClose={() => setStopping(false)}
        >
          {() => (
            <Text as="p">
              {`Pull requests that are open stay open. ${count(
                counts.waiting + counts.making,
                'service',
              )} will be left out, and it cannot be started again.`}
            </Text>
          )}
        </SendDialog>
      )}
    </>
  );
};
