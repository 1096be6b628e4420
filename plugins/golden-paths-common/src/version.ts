import compare from 'semver/functions/compare';
import valid from 'semver/functions/valid';
import { z } from 'zod';

/** A semantic version, as `backstage.io/template-version` has it. */
export const versionSchema = z
  .string()
  .refine(
    version => version.length <= 100 && valid(version) === version,
    'must be a version such as 1.2.0',
  );

/** Orders template versions: below 0 where the first is the older one. */
export function compareVersions(one: string, other: string): number {
  return compare(one, other);
}
