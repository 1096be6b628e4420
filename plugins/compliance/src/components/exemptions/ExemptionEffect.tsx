import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import {
  isOnTrial,
  RuleInForce,
  Score,
} from '@waymark/backstage-plugin-compliance-common';
import { AsyncContent } from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../../api/ComplianceApi';
import { effectOfExemption } from '../../data/verdicts';
import { REACHED_WORDS, TRACK_WORDS } from '../../words';

const words = ({ score, passedWeight, countedWeight }: Score) =>
  score === undefined
    ? 'no score'
    : `${score} (${passedWeight} of ${countedWeight} points)`;

/** What would change if the exemption were approved, as things stand now. */
export const ExemptionEffect = (props: {
  entityRef: string;
  ruleId: string;
  rules: readonly RuleInForce[];
}) => {
  const { entityRef, ruleId, rules } = props;
  const api = useApi(complianceApiRef);
  const state = useAsyncRetry(
    async () => (await api.getReport(entityRef)) ?? null,
    [api, entityRef],
  );
  return (
    <AsyncContent
      state={state}
      what="what it would change"
      onRetry={state.retry}
    >
      {report => {
        const effect =
          report && effectOfExemption(ruleId, report.verdicts, rules);
        if (!effect) {
          return (
            <Text color="secondary">The component is not checked yet.</Text>
          );
        }
        if (rules.some(one => one.id === ruleId && isOnTrial(one))) {
          return (
            <Text>It would change no score now: the rule is on trial.</Text>
          );
        }
        const { before, after, track, levelBefore, levelAfter } = effect;
        if (before.failed === after.failed) {
          return (
            <Text>It would change nothing now: the rule does not fail.</Text>
          );
        }
        return (
          <Text as="p">
            {`It would change the score from ${words(before)} to ${words(
              after,
            )}, and ${TRACK_WORDS[track]} `}
            {levelBefore === levelAfter
              ? `would stay at ${REACHED_WORDS[levelAfter].toLowerCase()}.`
              : `from ${REACHED_WORDS[
                  levelBefore
                ].toLowerCase()} to ${REACHED_WORDS[
                  levelAfter
                ].toLowerCase()}.`}
          </Text>
        );
      }}
    </AsyncContent>
  );
};
