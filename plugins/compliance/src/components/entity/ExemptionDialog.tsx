import { useState } from 'react';
import { DateValue, parseDate } from '@internationalized/date';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  DatePicker,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
  TextAreaField,
} from '@backstage/ui';
import {
  EXEMPTION_MAX_DAYS,
  Rule,
} from '@waymark/backstage-plugin-compliance-common';
import { complianceApiRef } from '../../api/ComplianceApi';
import { dayProblem } from '../../data/exemptionDays';
import { addDays, dayOf } from '../../time';

const SHORTEST = 10;
const LONGEST = 1000;
const USUAL_DAYS = 30;

function reasonProblem(reason: string): string | undefined {
  const { length } = reason.trim();
  if (length < SHORTEST) return 'Say it in a sentence.';
  return length > LONGEST
    ? `Say it in ${LONGEST} characters at most.`
    : undefined;
}

/** Asks the platform team for leave to break a rule until a day. */
export const ExemptionDialog = (props: {
  entityRef: string;
  rule: Rule;
  onClose: () => void;
  onAsked: () => void;
}) => {
  const { entityRef, rule, onClose, onAsked } = props;
  const api = useApi(complianceApiRef);
  const today = dayOf(new Date());
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState<DateValue | null>(
    parseDate(addDays(today, USUAL_DAYS)),
  );
  const [isSent, setSent] = useState(false);
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<Error>();
  const untilProblem = dayProblem(String(until ?? ''), today);

  const send = async () => {
    setSent(true);
    if (reasonProblem(reason) || untilProblem) return;
    setSending(true);
    setError(undefined);
    try {
      const request = {
        entityRef,
        rule: rule.id,
        reason: reason.trim(),
        until: String(until),
      };
      await api.requestExemption(request);
      onAsked();
    } catch (failure) {
      setError(failure as Error);
      setSending(false);
    }
  };

  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={520}>
      <DialogHeader>Ask for an exemption</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          <Text as="p">
            {`“${rule.title}” would not count up to the day you choose. The platform team decides, and you are told.`}
          </Text>
          <TextAreaField
            label="Reason"
            description="Why it cannot be fixed now, and what will be done"
            value={reason}
            onChange={setReason}
            isRequired
            // Nobody is told off before they have written.
            validate={() => (isSent ? reasonProblem(reason) : undefined)}
            validationBehavior="aria"
          />
          <DatePicker
            label="Last day"
            description={`At most ${EXEMPTION_MAX_DAYS} days from today`}
            value={until}
            onChange={setUntil}
            isRequired
            isDateUnavailable={day =>
              dayProblem(String(day), today) !== undefined
            }
            validate={() => untilProblem}
            validationBehavior="aria"
          />
          {error && (
            <Alert
              status="danger"
              icon
              title="It was not asked"
              description={error.message}
            />
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          Cancel
        </Button>
        <Button variant="primary" onPress={send} isPending={isSending}>
          Ask
        </Button>
      </DialogFooter>
    </Dialog>
  );
};
