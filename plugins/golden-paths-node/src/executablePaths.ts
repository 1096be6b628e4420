import { posix } from 'node:path';
import { DryRunFile } from './contents';
import { WithSteps } from './template';

/**
 * The files that will be programs: the dry run takes contents without modes, so
 * they are told by the file of a fetched folder that they are made from.
 */
export function executablePaths(
  { spec }: WithSteps,
  contents: readonly DryRunFile[],
): ReadonlySet<string> {
  const programs = contents.filter(({ executable }) => executable);
  const paths = new Set<string>();
  for (const { input } of spec.steps) {
    if (typeof input?.url !== 'string') continue;
    const folder = `${posix.normalize(input.url)}/`;
    for (const { path } of programs) {
      if (path.startsWith(folder)) {
        paths.add(path.slice(folder.length).replace(/\.njk$/, ''));
      }
    }
  }
  return paths;
}
