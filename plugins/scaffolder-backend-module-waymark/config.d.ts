export interface Config {
  waymark?: {
    /**
     * Commit that a new repository records for a golden path read from files,
     * in place of the commit of the golden paths' own repository.
     * @default 40 zeros
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
