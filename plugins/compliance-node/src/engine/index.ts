export { inspectRules, type Inspection } from './inspectRules';
export { OpaServerEngine, type OpaServerOptions } from './OpaServerEngine';
export {
  type PolicyEngine,
  type RawAnswer,
  type RawReport,
} from './PolicyEngine';
export { WasmPolicyEngine } from './WasmPolicyEngine';
export { type Limits } from './WorkerPool';
