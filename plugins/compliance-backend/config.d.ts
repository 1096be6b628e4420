import { HumanDuration } from '@backstage/types';

export interface Config {
  compliance?: {
    schedule?: {
      /**
       * How often facts about a component are collected when no event asks for
       * it before; 1 second at least.
       * @default 6 hours
       */
      every?: HumanDuration | string;
      /**
       * The same for a component of which something could not be learned.
       * @default 5 minutes
       */
      retry?: HumanDuration | string;
    };
    charts?: {
      /**
       * Folder on a Git host with the charts that components' charts may depend
       * on, each in a folder of its name. Without it, a chart that depends on
       * another cannot be rendered unless it brings it along.
       */
      url: string;
    };
    /**
     * The program that renders charts: a path, or a name on the PATH.
     * @default helm
     */
    helm?: string;
    /** An OPA server that is asked instead of the rules in this process. */
    opa?: {
      /** Such as `http://opa.policy:8181`; it has loaded the bundle of `policies/`. */
      url: string;
      /**
       * Sent as a bearer token.
       * @visibility secret
       */
      token?: string;
      /**
       * Per question.
       * @default 5 seconds
       */
      timeout?: HumanDuration | string;
    };
  };
}
