import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { Text, TextAreaField } from '@backstage/ui';
import { Exemption } from '@waymark/backstage-plugin-compliance-common';
import { dayWords, SendDialog } from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../../api/ComplianceApi';

export type Decision = 'approve' | 'deny' | 'end';

const WORDS: Record<Decision, { title: string; verb: string }> = {
  approve: { title: 'Approve the exemption', verb: 'Approve' },
  deny: { title: 'Deny the exemption', verb: 'Deny' },
  end: { title: 'End the exemption', verb: 'End it now' },
};

const LONGEST = 1000;

function commentProblem(comment: string, decision: Decision) {
  const { length } = comment.trim();
  if (length > LONGEST) return `Say it in ${LONGEST} characters at most.`;
  // Who is told no is told why.
  return decision === 'deny' && length === 0 ? 'Say why.' : undefined;
}

/** Decides on an exemption, with a word to those who asked. */
export const DecisionDialog = (props: {
  exemption: Exemption;
  ruleTitle: string;
  decision: Decision;
  onClose: () => void;
  onDone: () => void;
}) => {
  const { exemption, ruleTitle, decision, onClose, onDone } = props;
  const api = useApi(complianceApiRef);
  const [comment, setComment] = useState('');
  const { title, verb } = WORDS[decision];

  return (
    <SendDialog
      title={title}
      verb={verb}
      destructive={decision === 'end'}
      refusal="It was not decided"
      isInvalid={commentProblem(comment, decision) !== undefined}
      onSend={async () => {
        await api.decideExemption(exemption.id, decision, comment.trim());
        onDone();
      }}
      onClose={onClose}
    >
      {isTried => (
        <>
          <Text as="p">
            {decision === 'approve'
              ? `“${ruleTitle}” will not count up to and including ${dayWords(
                  exemption.until,
                )}: in the portal, in pipelines and in clusters.`
              : `“${ruleTitle}” counts as it does for all others.`}
          </Text>
          <TextAreaField
            label="Comment"
            description="The owners are told"
            value={comment}
            onChange={setComment}
            isRequired={decision === 'deny'}
            validate={() =>
              isTried ? commentProblem(comment, decision) : undefined
            }
            validationBehavior="aria"
          />
        </>
      )}
    </SendDialog>
  );
};
