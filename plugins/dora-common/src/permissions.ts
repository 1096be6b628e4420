import {
  BasicPermission,
  createPermission,
} from '@backstage/plugin-permission-common';

/** To see metrics and the deployments, changes and incidents behind them. */
export const doraReadPermission = createPermission({
  name: 'dora.metrics.read',
  attributes: { action: 'read' },
});

/** To see deliveries and the quarantine, to replay, and to start a backfill. */
export const doraIngestPermission = createPermission({
  name: 'dora.ingest.manage',
  attributes: { action: 'update' },
});

/** All permissions of the dora plugin. */
export const doraPermissions: BasicPermission[] = [
  doraReadPermission,
  doraIngestPermission,
];
