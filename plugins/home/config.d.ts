export interface Config {
  waymark?: {
    /**
     * The group that "Get help" on the home page speaks of. Entity reference.
     * @default group:default/platform-engineering
     * @visibility frontend
     */
    platformTeam?: string;
  };
}
