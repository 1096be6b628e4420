import { Lifecycle } from '../annotations';

/** Milliseconds since 1970. */
export type Millis = number;

/** How a run of a template ended, or that it has not. */
export const OUTCOMES = [
  'waiting',
  'running',
  'succeeded',
  'failed',
  'cancelled',
  /** The scaffolder forgot the task before it ended. */
  'lost',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One run of a template. */
export interface CreationFact {
  taskId: string;
  templateRef: string;
  version?: string;
  /** When somebody asked for it; it waits from here on. */
  queuedAt: Millis;
  startedAt?: Millis;
  finishedAt?: Millis;
  outcome: Outcome;
  failedStep?: { id: string; name: string };
  /** What it made. */
  entityRef?: string;
  /** Somebody started it again after it had ended: a pause that nobody waited. */
  isRetried: boolean;
}

/** A component, as the catalog has it or had it. */
export interface ServiceFact {
  entityRef: string;
  title?: string;
  owner?: string;
  type?: string;
  /** What it says now of the template that made it. */
  template?: string;
  version?: string;
  /** What it said when it was first seen. */
  firstTemplate?: string;
  /** When it came into being; left out where nobody knows. */
  madeAt?: Millis;
  /** The catalog has it no longer. */
  isGone: boolean;
}

/** A golden path. */
export interface TemplateFact {
  templateRef: string;
  title?: string;
  owner?: string;
  type?: string;
  /** The one that makes services today. */
  version?: string;
  /** All that are known, in any order. */
  versions: readonly string[];
  lifecycle: Lifecycle;
  /** ISO day. */
  sunset?: string;
  successor?: string;
  timeSavedSeconds?: number;
  /** When it was first known; left out where it was there before anybody looked. */
  since?: Millis;
}
