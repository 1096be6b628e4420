import {
  BasicPermission,
  createPermission,
} from '@backstage/plugin-permission-common';

/** To see what golden paths made, how well, and which services drift. */
export const goldenPathsReadPermission = createPermission({
  name: 'golden-paths.adoption.read',
  attributes: { action: 'read' },
});

/** All permissions of the golden paths. */
export const goldenPathsPermissions: BasicPermission[] = [
  goldenPathsReadPermission,
];
