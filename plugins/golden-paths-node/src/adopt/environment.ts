import {
  ScaffoldEnvironment,
  scaffoldRecordSchema,
} from '@waymark/backstage-plugin-golden-paths-common';
import { Tree } from '../upgrade';
import { readings } from './slots';

const schema = scaffoldRecordSchema.shape.environment;
const NAMES = ['gitUrl', 'gitHost', 'gitOwner', 'portalUrl'] as const;

/**
 * The addresses that a repository was made with, where it names others than this
 * portal's in most of their places.
 *
 * @param made - what a golden path makes with `environment`
 */
export function environmentIn(
  tree: Tree,
  made: Tree,
  environment: ScaffoldEnvironment,
): ScaffoldEnvironment {
  const found = { ...environment };
  for (const name of NAMES) {
    const [first] = readings(environment[name], made, tree);
    if (first) found[name] = first.value;
  }
  return schema.safeParse(found).data ?? environment;
}
