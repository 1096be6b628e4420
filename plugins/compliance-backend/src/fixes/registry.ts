import { catalogFields } from './catalogFields';
import { dependencyUpdates } from './dependencyUpdates';
import { documentation } from './documentation';
import { Fix } from './Fix';
import { resourceLimits } from './resourceLimits';

/** By the name that a rule gives as its `pull_request`. */
export const FIXES: ReadonlyMap<string, Fix> = new Map([
  ['catalog-fields', catalogFields],
  ['dependency-updates', dependencyUpdates],
  ['documentation', documentation],
  ['resource-limits', resourceLimits],
]);
