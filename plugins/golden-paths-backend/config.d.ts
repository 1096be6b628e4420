import { HumanDuration } from '@backstage/types';

export interface Config {
  goldenPaths?: {
    adoption?: {
      /**
       * Share of new services that golden paths should make, from 0 to 1.
       * @default 0.8
       */
      target?: number;
      /**
       * Types of components that count as services; 1 to 50.
       * @default the types that the golden paths in the catalog make
       */
      types?: string[];
      /**
       * What the catalog learns so long after it was first looked at was there
       * before, and its age is not known: a catalog takes its time to be read.
       * From nothing to 30 days.
       * @default { hours: 24 }
       */
      settling?: HumanDuration | string;
    };
    /**
     * How many golden paths should be in use at most; a page says so where
     * there are more. 1 to 1000.
     * @default 8
     */
    maxActiveTemplates?: number;
  };
}
