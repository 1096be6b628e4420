import {
  BasicPermission,
  createPermission,
} from '@backstage/plugin-permission-common';

/** To see what golden paths made, how well, and which services drift. */
export const goldenPathsReadPermission = createPermission({
  name: 'golden-paths.adoption.read',
  attributes: { action: 'read' },
});

/** To ask for pull requests that upgrade one's own services, and to put them off. */
export const goldenPathsUpgradePermission = createPermission({
  name: 'golden-paths.upgrade.create',
  attributes: { action: 'create' },
});

/** To bring a new version to all services, whoever owns them. */
export const rolloutManagePermission = createPermission({
  name: 'golden-paths.rollout.manage',
  attributes: { action: 'update' },
});

/** All permissions of the golden paths. */
export const goldenPathsPermissions: BasicPermission[] = [
  goldenPathsReadPermission,
  goldenPathsUpgradePermission,
  rolloutManagePermission,
];
