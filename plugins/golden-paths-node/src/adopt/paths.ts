import {
  ScaffoldEnvironment,
  ScaffoldRecord,
} from '@waymark/backstage-plugin-golden-paths-common';
import { Tree, WithForm } from '../upgrade';

/** A version of a golden path, and what it makes. */
export interface PathVersion {
  version: string;
  /** Of the golden path's repository. */
  commit: string;
  template: WithForm;
  /**
   * @returns undefined where the version takes no such answers
   */
  render(
    inputs: ScaffoldRecord['inputs'],
    environment: ScaffoldEnvironment,
  ): Promise<Tree | undefined>;
}

/** A golden path that a repository may have come from. */
export interface Path {
  /** Such as `template:default/node-api`. */
  ref: string;
  title: string;
  newest: PathVersion;
  /** Those before, the newest first; asked for only where it looks like this path. */
  older(): Promise<PathVersion[]>;
  /** As it was at a commit that the repository names; undefined where it was not. */
  at(commit: string): Promise<PathVersion | undefined>;
}
