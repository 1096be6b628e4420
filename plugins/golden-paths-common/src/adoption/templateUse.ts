import { compare, Runs, runsOf } from './adoption';
import { CreationTimes, timesOf } from './durations';
import { CreationFact, Millis, ServiceFact, TemplateFact } from './facts';
import { makersOf } from './share';
import { newestFirst, positionOf } from './standing';
import { Window, within } from './window';

export const PHASES = ['active', 'deprecated', 'sunset'] as const;
/** A deprecated template is past its sunset from the day after it. */
export type Phase = (typeof PHASES)[number];

/** A step that runs failed in, and how often. */
export interface FailingStep {
  id: string | null;
  name: string | null;
  failures: number;
  /** The latest of them, whose log says why. */
  taskId: string;
  at: string;
}

export interface TemplateUse {
  phase: Phase;
  runs: Runs;
  /** Of those that succeeded or failed; who cancels, says nothing of either. */
  success: { value: number | null; n: number };
  times: CreationTimes;
  failures: FailingStep[];
  /** In the catalog today, newest version first; null states none. */
  services: { version: string | null; count: number }[];
  drifting: number;
  /** Stated for one creation, times what was created; null where not stated. */
  timeSaved: { seconds: number | null; perCreation: number | null; n: number };
}

/** How a template does: runs in the window, services of today. */
export function templateUseOf(
  template: TemplateFact,
  facts: {
    creations: readonly CreationFact[];
    services: readonly ServiceFact[];
  },
  window: Window,
  now: Millis,
): TemplateUse {
  const mine = facts.creations.filter(
    ({ templateRef, queuedAt }) =>
      templateRef === template.templateRef && within(queuedAt, window),
  );
  const runs = runsOf(mine);
  const ended = runs.succeeded + runs.failed;
  const services = facts.services.filter(
    ({ isGone, template: ref }) => !isGone && ref === template.templateRef,
  );
  const made = makersOf(mine).size;
  const perCreation = template.timeSavedSeconds ?? null;
  return {
    phase: phaseOf(template, now),
    runs,
    success: { value: ended === 0 ? null : runs.succeeded / ended, n: ended },
    times: timesOf(mine),
    failures: failuresOf(mine),
    services: versionsOf(services),
    drifting: services.filter(
      service => positionOf(service, template).standing === 'behind',
    ).length,
    timeSaved: {
      seconds: perCreation === null ? null : perCreation * made,
      perCreation,
      n: made,
    },
  };
}

/** A sunset is a day, and ends where the last place on Earth ends it. */
export function phaseOf(
  { lifecycle, sunset }: Pick<TemplateFact, 'lifecycle' | 'sunset'>,
  now: Millis,
): Phase {
  if (lifecycle === 'active') return 'active';
  const HALF_A_DAY = 12 * 3_600_000;
  const end = sunset ? Date.parse(`${sunset}T23:59:59.999Z`) : NaN;
  return now > end + HALF_A_DAY ? 'sunset' : 'deprecated';
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

function versionsOf(services: readonly ServiceFact[]) {
  const counts = new Map<string | null, number>();
  for (const { version = null } of services) {
    counts.set(version, (counts.get(version) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => {
      if (a === null || b === null)
        return Number(a === null) - Number(b === null);
      return newestFirst(a, b);
    })
    .map(([version, count]) => ({ version, count }));
}
