import { Badge, Flex } from '@backstage/ui';
import {
  isOnTrial,
  RuleInForce,
} from '@waymark/backstage-plugin-compliance-common';
import { weightOf } from '../../data/verdicts';
import { count, LEVEL_WORDS, SEVERITY_WORDS } from '../../words';
import { TrialMark } from './TrialMark';

/** `Critical, 10 points`. */
export const weightWords = (rule: RuleInForce) =>
  `${SEVERITY_WORDS[rule.severity]}, ${
    isOnTrial(rule) ? 'no points yet' : count(weightOf(rule), 'point')
  }`;

/** How bad it is to break a rule, and the level that wants it. */
export const RuleFacts = ({ rule }: { rule: RuleInForce }) => (
  <Flex gap="2" align="center" style={{ flexWrap: 'wrap' }}>
    <Badge>{weightWords(rule)}</Badge>
    <Badge>{LEVEL_WORDS[rule.level]}</Badge>
    <TrialMark rule={rule} />
  </Flex>
);
