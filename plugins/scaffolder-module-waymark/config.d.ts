export interface Config {
  waymark?: {
    /** Named on the form, so that one sees where the repository will be. */
    git?: {
      /**
       * Host of the Git server.
       * @default github.com
       * @visibility frontend
       */
      host?: string;
      /**
       * Organisation that owns new repositories.
       * @visibility frontend
       */
      owner?: string;
    };
  };
}
