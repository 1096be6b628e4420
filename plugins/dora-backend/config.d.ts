import { HumanDuration } from '@backstage/types';

export interface Config {
  dora?: {
    environments?: {
      /**
       * Names of environments that are production; `*` stands for any text, and
       * capital letters count like small ones. 1 to 100 patterns.
       * @default ['production', 'production-*', 'prod', 'prod-*']
       */
      production?: string[];
    };
    /**
     * Runs of workflows and releases that are deployments, beside what the source
     * itself calls one; the first that fits counts. At most 100.
     * @default []
     */
    deployments?: {
      /** What is taken for a deployment. */
      from: 'workflow-run' | 'release';
      /**
       * Pattern of `host/owner/name`.
       * @default '*'
       */
      repository?: string;
      /**
       * Pattern of the workflow's name or path; for workflow runs only.
       * @default '*'
       */
      workflow?: string;
      /**
       * Pattern of the branch; for workflow runs only.
       * @default '*'
       */
      branch?: string;
      /** Environment that it deploys to. */
      environment: string;
    }[];
    incidents?: {
      /**
       * Severities of incidents that count; `*` stands for any text, and an incident
       * without a severity fits `*` alone. 1 to 100 patterns.
       * @default ['*']
       */
      severities?: string[];
    };
    changes?: {
      /**
       * Branches whose merged pull requests are changes, beside the default one, such
       * as those that hotfixes are released from. At most 100 patterns.
       * @default []
       */
      branches?: string[];
      /**
       * Labels of pull requests that are no changes. At most 100 patterns.
       * @default []
       */
      exceptLabels?: string[];
    };
    /**
     * What counts for a team or for one component, in place of the four above. A
     * component's comes before its team's, and before annotations. At most 1,000.
     * @default []
     */
    overrides?: {
      /** `group:default/checkout` or `component:default/basket-service`. */
      for: string;
      environments?: { production?: string[] };
      deployments?: {
        from: 'workflow-run' | 'release';
        repository?: string;
        workflow?: string;
        branch?: string;
        environment: string;
      }[];
      incidents?: { severities?: string[] };
      changes?: { branches?: string[]; exceptLabels?: string[] };
    }[];
    /**
     * An incident belongs to the latest successful production deployment that
     * finished so long before it began; 1 minute to 30 days.
     * @default 24 hours
     */
    incidentWindow?: HumanDuration | string;
    /**
     * A component's first deployment claims the changes that were merged so long
     * before it; 1 day to 365 days.
     * @default 30 days
     */
    firstDeploymentWindow?: HumanDuration | string;
    /**
     * Deployments of one commit to several places that begin so long after the
     * first are counted with it; 1 minute to 30 days.
     * @default 24 hours
     */
    rolloutWindow?: HumanDuration | string;
    /**
     * Whether a failed deployment that no incident was opened for is over with the
     * next success; otherwise only incidents have a recovery time.
     * @default true
     */
    recoverWithoutIncident?: boolean;
    backfill?: {
      /**
       * How many days back the history of each repository of a component is fetched
       * from its source, once: 1 to 1,825, or 0 for none.
       * @default 180
       */
      days?: number;
    };
    retention?: {
      /**
       * How long bodies of deliveries that were read are kept at least, to be read again;
       * they go by whole months. What they said is kept for good. 1 to 3,650 days.
       * @default 90 days
       */
      deliveries?: HumanDuration | string;
    };
    ingest?: {
      /**
       * Largest delivery that is taken, in bytes, after decompression; 1,024 to
       * 26,214,400, which is GitHub's own limit.
       * @default 10485760
       */
      bodyLimit?: number;
      /** Deliveries that are taken of one source from one address, per replica. */
      rateLimit?: {
        /**
         * 1 second to 1 hour.
         * @default 1 minute
         */
        window?: HumanDuration | string;
        /**
         * 1 to 1,000,000.
         * @default 60000
         */
        deliveries?: number;
      };
    };
  };
}
