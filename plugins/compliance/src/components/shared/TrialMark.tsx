import { Badge } from '@backstage/ui';
import { RiFlaskLine } from '@remixicon/react';
import {
  isOnTrial,
  RuleInForce,
} from '@waymark/backstage-plugin-compliance-common';

/** What it means for a rule to be on trial. */
export const TRIAL_WORDS =
  'On trial: it is checked and shown, and pipelines and clusters warn, but no score or level counts it. A campaign can make it count at its end.';

/** Marks a rule that does not count yet; nothing at one that does. */
export const TrialMark = ({ rule }: { rule: RuleInForce }) =>
  isOnTrial(rule) ? (
    <Badge icon={<RiFlaskLine aria-hidden />}>On trial</Badge>
  ) : null;
