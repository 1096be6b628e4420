export { DAYS } from './calendar';
export { deliveriesOf } from './deliveries';
export type { SampleDelivery } from './deliveries';
export { planHistory } from './plan';
export type { ServiceHistory } from './types';
export { weave, withHistory } from './weave';
export type { WovenCommit } from './weave';
