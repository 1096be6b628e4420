export interface Config {
  waymark?: {
    /**
     * The group that runs the platform: it manages templates, locations and
     * every entity. Entity reference of a Group.
     * @default group:default/platform-engineering
     */
    platformTeam?: string;
  };
}
