export interface Config {
  auth?: {
    providers?: {
      /**
       * Laptop sign-in without a password. Refused in production.
       */
      persona?: {
        /**
         * The catalog users one may enter as, in the order they are offered.
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
