import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { Text, TextAreaField } from '@backstage/ui';
import { MOST_SNOOZE_DAYS } from '@waymark/backstage-plugin-golden-paths-common';
import {
  OptionSelect,
  SendDialog,
} from '@waymark/backstage-plugin-insights-react';
import { goldenPathsApiRef } from '../../api/GoldenPathsApi';
import { dayWords } from '../../words';

const DAYS = [14, 30, 90, MOST_SNOOZE_DAYS];
const LONGEST = 1000;

/** The day so many days from now, in UTC as the portal counts it. */
const dayIn = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Puts an upgrade off, with a reason. */
export const SnoozeDialog = (props: {
  entityRef: string;
  newest: string | null;
  onClose: () => void;
  onDone: () => void;
}) => {
  const { entityRef, newest, onClose, onDone } = props;
  const api = useApi(goldenPathsApiRef);
  const [reason, setReason] = useState('');
  const [days, setDays] = useState(String(DAYS[1]));
  const { length } = reason.trim();
  const problem =
    length < 3 || length > LONGEST
      ? `Say why, in 3 to ${LONGEST} characters.`
      : undefined;
  return (
    <SendDialog
      title={`Snooze the upgrade to ${newest}`}
      verb="Snooze"
      refusal="It was not snoozed"
      isInvalid={problem !== undefined}
      onSend={async () => {
        await api.snooze({
          entityRef,
          reason: reason.trim(),
          until: dayIn(Number(days)),
        });
        onDone();
      }}
      onClose={onClose}
    >
      {isTried => (
        <>
          <Text as="p">
            The platform team sees why, and rollouts of this version pass the
            service by. A newer version is offered all the same.
          </Text>
          <TextAreaField
            label="Why"
            isRequired
            value={reason}
            onChange={setReason}
            validate={() => (isTried ? problem : undefined)}
            validationBehavior="aria"
          />
          <OptionSelect
            label="Until"
            options={DAYS.map(one => ({
              value: String(one),
              label: `${dayWords(dayIn(one))} (${one} days)`,
            }))}
            value={days}
            onChange={value => setDays(value ?? days)}
          />
        </>
      )}
    </SendDialog>
  );
};
