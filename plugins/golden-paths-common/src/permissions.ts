import { BasicPermission } from '@backstage/plugin-permission-common';
import {
  taskCreatePermission,
  templateDryRunPermission,
} from '@backstage/plugin-scaffolder-common/alpha';

/**
 * What one needs to see the files of a template before they are made: the
 * right to make them, and the scaffolder's own right to a dry run. That the
 * template itself may be read is asked of the catalog.
 */
export const previewPermissions: BasicPermission[] = [
  taskCreatePermission,
  templateDryRunPermission,
];
