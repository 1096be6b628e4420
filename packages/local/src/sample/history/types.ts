/** A pull request that was merged. Instants are milliseconds since 1970. */
export interface PlannedPull {
  number: number;
  title: string;
  author: PlannedPerson;
  createdAt: number;
  review?: { at: number; by: PlannedPerson };
  mergedAt: number;
  style: 'squash' | 'merge';
  /** What its branch had, in order. */
  commits: { message: string; at: number }[];
}

/** Who did it. */
export interface PlannedPerson {
  login: string;
  name: string;
  email: string;
  bot: boolean;
}

/** One way of one commit to one place. */
export interface PlannedDeployment {
  id: number;
  environment: string;
  region?: string;
  /** Number of the pull request whose merge is deployed. */
  pull: number;
  kind: 'planned' | 'hotfix' | 'rollback';
  startedAt: number;
  finishedAt: number;
  state: 'success' | 'failure' | 'error';
}

/** What a release broke, from when somebody noticed until it was mended. */
export interface PlannedIncident {
  number: number;
  title: string;
  severity: 'critical' | 'high' | 'minor';
  /** Number of the pull request whose release broke it. */
  pull: number;
  /** Whether somebody wrote down what had caused it. */
  isExplained: boolean;
  startedAt: number;
  resolvedAt: number;
}

/** What became of one component, each list in the order of time. */
export interface ServiceHistory {
  name: string;
  pulls: PlannedPull[];
  deployments: PlannedDeployment[];
  incidents: PlannedIncident[];
}
