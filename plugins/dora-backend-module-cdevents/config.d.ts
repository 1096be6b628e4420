export interface Config {
  dora?: {
    sources?: {
      /**
       * Takes CDEvents 0.4 and 0.5 at `/api/dora/webhooks/cdevents`, from who has a
       * token or signs with a secret. Without any of them nothing is taken.
       */
      cdevents?: {
        /**
         * Bearer tokens, 1 to 20 of at least 16 characters each: several while one
         * takes the place of another.
         * @deepVisibility secret
         */
        tokens?: string[];
        /**
         * Secrets of `X-Waymark-Signature-256`, 1 to 20 of at least 16 characters
         * each: several while one takes the place of another.
         * @deepVisibility secret
         */
        secrets?: string[];
      };
    };
  };
}
