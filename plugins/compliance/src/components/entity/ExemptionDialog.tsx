import { useState } from 'react';
import { DateValue, parseDate } from '@internationalized/date';
import { useApi } from '@backstage/frontend-plugin-api';
import { DatePicker, Text, TextAreaField } from '@backstage/ui';
import {
  EXEMPTION_MAX_DAYS,
  Rule,
} from '@waymark/backstage-plugin-compliance-common';
import { SendDialog } from '@waymark/backstage-plugin-insights-react';
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
  const untilProblem = dayProblem(String(until ?? ''), today);

  return (
    <SendDialog
      title="Ask for an exemption"
      verb="Ask"
      refusal="It was not asked"
      isInvalid={Boolean(reasonProblem(reason) || untilProblem)}
      onSend={async () => {
        await api.requestExemption({
          entityRef,
          rule: rule.id,
          reason: reason.trim(),
          until: String(until),
        });
        onAsked();
      }}
      onClose={onClose}
    >
      {isTried => (
        <>
          <Text as="p">
            {`“${rule.title}” would not count up to the day you choose. The platform team decides, and you are told.`}
          </Text>
          <TextAreaField
            label="Reason"
            description="Why it cannot be fixed now, and what will be done"
            value={reason}
            onChange={setReason}
            isRequired
            validate={() => (isTried ? reasonProblem(reason) : undefined)}
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
        </>
      )}
    </SendDialog>
  );
};
