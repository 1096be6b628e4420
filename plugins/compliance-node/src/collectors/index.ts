export {
  type CollectContext,
  type Collected,
  type Collector,
} from './Collector';
export { collectWithContract, type Collection } from './collectWithContract';
export {
  complianceCollectorsExtensionPoint,
  type ComplianceCollectorsExtensionPoint,
} from './extensionPoint';
