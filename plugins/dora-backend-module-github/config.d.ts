export interface Config {
  dora?: {
    sources?: {
      /** Takes deliveries of GitHub at `/api/dora/webhooks/github`. */
      github?: {
        /**
         * Secrets of the webhook, at least 16 characters each: one, or two while
         * one takes the place of the other.
         * @deepVisibility secret
         */
        secrets: string[];
      };
    };
  };
}
