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
        incidents?: {
          /**
           * An issue with one of these labels is an incident; capital letters count
           * like small ones. None is, where the list is empty. What was delivered
           * before counts like this after a rebuild.
           * @default ['incident']
           */
          labels?: string[];
        };
      };
    };
  };
}
