import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, Text } from '@backstage/ui';
import { Snooze } from '@waymark/backstage-plugin-golden-paths-common';
import { goldenPathsApiRef } from '../../api/GoldenPathsApi';
import { dayWords } from '../../words';
import { EntityName } from '../shared/EntityName';
import { SnoozeDialog } from './SnoozeDialog';
import shared from '../shared/shared.module.css';

/** That an upgrade is put off, or the button that does it. */
export const Snoozed = (props: {
  entityRef: string;
  newest: string | null;
  snooze: Snooze | null;
  mayChange: boolean;
  onChange: () => void;
}) => {
  const { entityRef, newest, snooze, mayChange, onChange } = props;
  const api = useApi(goldenPathsApiRef);
  const [isAsked, setAsked] = useState(false);
  const [error, setError] = useState<Error>();
  const wake = async () => {
    setError(undefined);
    try {
      await api.endSnooze(entityRef);
      onChange();
    } catch (failure) {
      setError(failure as Error);
    }
  };
  return (
    <div className={shared.column}>
      {snooze && (
        <Text as="p">
          {`The upgrade to ${snooze.version} is snoozed until ${dayWords(
            snooze.until,
          )} by `}
          <EntityName entityRef={snooze.by} />
          {`: ${snooze.reason}`}
        </Text>
      )}
      {error && (
        <Alert
          status="danger"
          icon
          title="It was not done"
          description={error.message}
        />
      )}
      {mayChange && (
        <div>
          <Button
            variant="secondary"
            onPress={() => (snooze ? wake() : setAsked(true))}
          >
            {snooze ? 'Snooze no longer' : 'Snooze'}
          </Button>
        </div>
      )}
      {isAsked && (
        <SnoozeDialog
          entityRef={entityRef}
          newest={newest}
          onClose={() => setAsked(false)}
          onDone={() => {
            setAsked(false);
            onChange();
          }}
        />
      )}
    </div>
  );
};
