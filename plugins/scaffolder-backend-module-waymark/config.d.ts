export interface Config {
  waymark?: {
    /**
     * Commit that the golden paths are read at; a new repository records it.
     */
    templateCommit?: string;
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
