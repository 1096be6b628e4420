import { compare } from './compare';
import { CreationTimes, timesOf } from './durations';
import { CreationFact, Millis } from './facts';

/** Runs that were asked for in a window. */
export interface Runs {
  started: number;
  succeeded: number;
  failed: number;
  cancelled: number;
  /** Still waiting or running, or lost by the scaffolder. */
  open: number;
}

/** A step that runs failed in, and how often. */
export interface FailingStep {
  id: string | null;
  name: string | null;
  failures: number;
  /** The latest of them, whose log says why. */
  taskId: string;
  at: string;
}

/** How runs went. */
export interface Went {
  runs: Runs;
  /** Of those that succeeded or failed; who cancels, says nothing of either. */
  success: { value: number | null; n: number };
  times: CreationTimes;
  failures: FailingStep[];
}

export function runsOf(creations: readonly CreationFact[]): Runs {
  const count = (outcome: string) =>
    creations.filter(creation => creation.outcome === outcome).length;
  const ended = {
    succeeded: count('succeeded'),
    failed: count('failed'),
    cancelled: count('cancelled'),
  };
  const started = creations.length;
  const { succeeded, failed, cancelled } = ended;
  return { started, ...ended, open: started - succeeded - failed - cancelled };
}

/** How runs went, whoever asked for them. */
export function wentOf(creations: readonly CreationFact[]): Went {
  const runs = runsOf(creations);
  const ended = runs.succeeded + runs.failed;
  return {
    runs,
    success: { value: ended === 0 ? null : runs.succeeded / ended, n: ended },
    times: timesOf(creations),
    failures: failuresOf(creations),
  };
}

function failuresOf(creations: readonly CreationFact[]): FailingStep[] {
  const steps = new Map<string, FailingStep & { latest: Millis }>();
  for (const one of creations) {
    if (one.outcome !== 'failed') continue;
    const { id = null, name = null } = one.failedStep ?? {};
    const key = id ?? '';
    const latest = one.finishedAt ?? one.queuedAt;
    const other = steps.get(key);
    const newest =
      other && other.latest > latest
        ? other
        : {
            name,
            latest,
            taskId: one.taskId,
            at: new Date(latest).toISOString(),
          };
    steps.set(key, { ...newest, id, failures: (other?.failures ?? 0) + 1 });
  }
  return [...steps.values()]
    .sort((a, b) => b.failures - a.failures || compare(a.id ?? '', b.id ?? ''))
    .map(({ latest, ...step }) => step);
}
