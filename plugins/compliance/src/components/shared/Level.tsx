import { Badge } from '@backstage/ui';
import { RiMedalLine } from '@remixicon/react';
import { Reached } from '@waymark/backstage-plugin-compliance-common';
import { REACHED_WORDS } from '../../words';

/** The level that a track has reached. */
export const LevelBadge = ({ level }: { level: Reached }) => (
  <Badge
    icon={
      level === 'none' || level === 'not-applicable' ? undefined : (
        <RiMedalLine aria-hidden />
      )
    }
  >
    {REACHED_WORDS[level]}
  </Badge>
);
