export interface Config {
  waymark?: {
    /**
     * The group that may have every component mended. Entity reference.
     * @default group:default/platform-engineering
     * @visibility frontend
     */
    platformTeam?: string;
  };
}
