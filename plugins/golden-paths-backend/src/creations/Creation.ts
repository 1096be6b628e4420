import { Outcome } from '@waymark/backstage-plugin-golden-paths-common';

/** What is known of a task of the scaffolder. */
export interface Creation {
  taskId: string;
  templateRef: string;
  templateVersion?: string;
  templateCommit?: string;
  /** Answers of the form, without what may be secret. */
  inputs: Record<string, unknown>;
  leftOut: string[];
  userRef?: string;
  queuedAt: Date;
  startedAt?: Date;
  finishedAt?: Date;
  /** The scaffolder's own word. */
  status: string;
  outcome: Outcome;
  failedStep?: { id: string; name: string };
  /** Why it failed. */
  message?: string;
  entityRef?: string;
  repositoryUrl?: string;
  /** How late the task was read: what was read later is never written over. */
  heartbeatAt?: Date;
  lastEvent: number;
}
