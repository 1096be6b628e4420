import { ScaffoldEnvironment } from '@waymark/backstage-plugin-golden-paths-common';
import { Tree } from '../upgrade';
import { Answers } from './Answers';
import { Value } from './form';
import { Likeness } from './likeness';
import { Path, PathVersion } from './paths';

/** How much work it is to infer where one repository came from. */
export const INFER_LIMITS = {
  paths: 20,
  /** Of all golden paths and versions together. */
  renders: 100,
  /** Golden paths that are looked at closely. */
  refined: 3,
  versions: 12,
  options: 10,
};

/** A smaller gain is none. */
export const EPSILON = 1e-6;

/** A repository taken for what one version makes of some answers. */
export interface Attempt {
  path: Path;
  version: PathVersion;
  answers: Answers;
  environment: ScaffoldEnvironment;
  made: Tree;
  /** Sentences on the version. */
  notes: string[];
}
/** The same, compared with the repository. */
export type Measured = Attempt & { likeness: Likeness };

/** Renders, unless that was asked for too often; undefined then, too. */
export type Render = (
  version: PathVersion,
  inputs: Record<string, Value> | undefined,
  environment: ScaffoldEnvironment,
) => Promise<Tree | undefined>;
