export interface Config {
  waymark?: {
    /** Where golden paths put their repositories. */
    git?: {
      /**
       * Host of the Git server, with its port where it has one. It must be a
       * host of `integrations.github`.
       * @default github.com
       */
      host?: string;
      /** Organisation (or user) that owns new repositories. */
      owner: string;
    };
  };
}
