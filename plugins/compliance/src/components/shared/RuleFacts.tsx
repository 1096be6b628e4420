import { Badge, Flex } from '@backstage/ui';
import { Rule } from '@waymark/backstage-plugin-compliance-common';
import { weightOf } from '../../data/verdicts';
import { count, LEVEL_WORDS, SEVERITY_WORDS } from '../../words';

/** How bad it is to break a rule, and the level that wants it. */
export const RuleFacts = ({ rule }: { rule: Rule }) => (
  <Flex gap="2" align="center" style={{ flexWrap: 'wrap' }}>
    <Badge>
      {SEVERITY_WORDS[rule.severity]}, {count(weightOf(rule), 'point')}
    </Badge>
    <Badge>{LEVEL_WORDS[rule.level]}</Badge>
  </Flex>
);
