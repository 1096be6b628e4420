import { Badge } from '@backstage/ui';
import { RiAlertLine } from '@remixicon/react';

/** The lifecycle as a badge; a deprecated thing also carries a sign. */
export const LifecycleBadge = ({ lifecycle }: { lifecycle: string }) => (
  <Badge icon={lifecycle === 'deprecated' ? <RiAlertLine /> : undefined}>
    {lifecycle}
  </Badge>
);
