import {
  BasicPermission,
  createPermission,
} from '@backstage/plugin-permission-common';

/** To see scores, verdicts and rules; whose component it is, the catalog says. */
export const complianceReadPermission = createPermission({
  name: 'compliance.score.read',
  attributes: { action: 'read' },
});

/** To ask for an exemption for a component of one's own group, and to end it. */
export const exemptionRequestPermission = createPermission({
  name: 'compliance.exemption.request',
  attributes: { action: 'create' },
});

/** To approve, deny and end exemptions. */
export const exemptionDecidePermission = createPermission({
  name: 'compliance.exemption.decide',
  attributes: { action: 'update' },
});

/** To have a pull request opened that mends a component of one's own group. */
export const fixCreatePermission = createPermission({
  name: 'compliance.fix.create',
  attributes: { action: 'create' },
});

/** To make, start and end campaigns. */
export const campaignManagePermission = createPermission({
  name: 'compliance.campaign.manage',
  attributes: { action: 'update' },
});

/** All permissions of the compliance plugin. */
export const compliancePermissions: BasicPermission[] = [
  complianceReadPermission,
  exemptionRequestPermission,
  exemptionDecidePermission,
  fixCreatePermission,
  campaignManagePermission,
];
