import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink } from '@backstage/ui';
import {
  rolloutManagePermission,
  TemplateAnswer,
} from '@waymark/backstage-plugin-golden-paths-common';
import { count } from '../../words';
import { useRolloutLinks } from './useRolloutLinks';

/** Leads those who may to the form of a rollout. */
export const RollOut = (props: {
  templateRef?: string;
  /** Named with its version and services, where it is known. */
  of?: Pick<TemplateAnswer, 'drifting' | 'version'>;
}) => {
  const { templateRef, of } = props;
  const { allowed } = usePermission({ permission: rolloutManagePermission });
  const href = useRolloutLinks().begin(templateRef);
  if (!allowed || !href) return null;
  return (
    <ButtonLink variant="secondary" href={href}>
      {of
        ? `Roll out ${of.version} to ${count(of.drifting, 'service')}`
        : 'Roll out'}
    </ButtonLink>
  );
};
