import { Commit } from '@waymark/backstage-plugin-home-common';
import { OwnComponent } from './ownComponents';

/**
 * Reads the latest commits on the default branch of a component's repository.
 *
 * @returns nothing where the repository is on a host without integration
 * @throws where the Git host does not answer, or not as expected
 */
export type ReadCommits = (
  component: OwnComponent,
  limit: number,
) => Promise<Commit[]>;
