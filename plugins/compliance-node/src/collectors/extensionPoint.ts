import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { Collector } from './Collector';

/** Takes collectors of facts from modules of the compliance backend. */
export interface ComplianceCollectorsExtensionPoint {
  /** Takes the place of the collector that the part has had so far. */
  addCollector(collector: Collector): void;
}

export const complianceCollectorsExtensionPoint =
  createExtensionPoint<ComplianceCollectorsExtensionPoint>({
    id: 'compliance.collectors',
  });
