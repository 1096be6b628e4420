export interface Config {
  app?: {
    signIn?: {
      /**
       * Accounts one may sign in with, in the order they are offered. Each also
       * needs its `auth.providers` entry. Ignored while personas are offered.
       * @default []
       * @deepVisibility frontend
       */
      providers?: Array<'github' | 'oidc'>;
      /**
       * What the OIDC account is called on its card.
       * @default Company account
       * @visibility frontend
       */
      oidcTitle?: string;
    };
  };
  auth?: {
    providers?: {
      /** Laptop sign-in; the backend refuses it in production. */
      persona?: {
        /**
         * Who is offered on the sign-in page.
         * @deepVisibility frontend
         */
        users: Array<{
          /** Entity reference of a User. */
          entityRef: string;
          /** What the sign-in page calls this person. */
          title: string;
          /** One line on what this person does here. */
          description?: string;
        }>;
      };
    };
  };
}
