export interface Config {
  dora?: {
    sources?: {
      /** Takes webhooks (V3) of PagerDuty at `/api/dora/webhooks/pagerduty`. */
      pagerduty?: {
        /**
         * Secrets that PagerDuty gave the webhook subscriptions, 1 to 20 of at least
         * 16 characters each: one of each subscription, and while it is replaced the
         * old one too.
         * @deepVisibility secret
         */
        secrets?: string[];
      };
      /** Takes alerts of Alertmanager at `/api/dora/webhooks/alertmanager`. */
      alertmanager?: {
        /**
         * Bearer tokens, 1 to 20 of at least 16 characters each: any of them is
         * taken, so that one can take the place of another.
         * @deepVisibility secret
         */
        tokens?: string[];
        incidents?: {
          /**
           * An alert that fits all of these is an incident; written as in
           * Alertmanager's routes, one matcher in each. What was delivered before
           * counts like this after a rebuild.
           * @default ['severity=~"critical|page"']
           */
          matchers?: string[];
          /**
           * Labels, or else annotations, that name the service; the first that the
           * alert has counts. Names joined by `/` count together:
           * `namespace/service` says `shop/pricing`.
           * @default ['service']
           */
          services?: string[];
        };
      };
    };
  };
}
