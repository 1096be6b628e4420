import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { DeliverySource } from './DeliverySource';

/** Takes in sources of deliveries. */
export interface DoraSourcesExtensionPoint {
  /** @throws Error where there is one of the same id */
  addSource(source: DeliverySource): void;
}

/** To which modules add what they know how to read. */
export const doraSourcesExtensionPoint =
  createExtensionPoint<DoraSourcesExtensionPoint>({ id: 'dora.sources' });
