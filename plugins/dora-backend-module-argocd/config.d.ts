export interface Config {
  dora?: {
    sources?: {
      /** Takes notifications of Argo CD at `/api/dora/webhooks/argocd`. */
      argocd?: {
        /**
         * Bearer tokens, 1 to 20 of at least 16 characters each: several while one
         * takes the place of another. Without one nothing is taken.
         * @deepVisibility secret
         */
        tokens: string[];
        /**
         * Annotation or label of an Application that names its components, as
         * references with commas between.
         * @default waymark.dev/component
         */
        componentAnnotation?: string;
        /**
         * Patterns of `host/owner/name`: repositories that say what is to be
         * deployed. Their commits are none of the components'. At most 100.
         * @default []
         */
        gitopsRepositories?: string[];
        /**
         * Environments of Applications without the label `waymark.dev/environment`;
         * the first that fits, otherwise the namespace of the destination. `*` stands
         * for any text. At most 100.
         * @default []
         */
        environments?: {
          /**
           * Pattern of the Application's name.
           * @default '*'
           */
          application?: string;
          /**
           * Pattern of the Argo CD project.
           * @default '*'
           */
          project?: string;
          /**
           * Pattern of the destination's namespace.
           * @default '*'
           */
          namespace?: string;
          /**
           * Pattern of the destination's name or address.
           * @default '*'
           */
          cluster?: string;
          /** What the environment is called. */
          environment: string;
          /** Where the environment stands in several. */
          region?: string;
        }[];
      };
    };
  };
}
