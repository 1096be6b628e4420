import { CreationFact, Millis, ServiceFact, TemplateFact } from './facts';
import { makersOf } from './share';
import { newestFirst, positionOf } from './standing';
import { Went, wentOf } from './went';
import { Window, within } from './window';

export const PHASES = ['active', 'deprecated', 'sunset'] as const;
/** A deprecated template is past its sunset from the day after it. */
export type Phase = (typeof PHASES)[number];

export interface TemplateUse extends Went {
  phase: Phase;
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
  const services = facts.services.filter(
    ({ isGone, template: ref }) => !isGone && ref === template.templateRef,
  );
  const made = makersOf(mine).size;
  const perCreation = template.timeSavedSeconds ?? null;
  return {
    phase: phaseOf(template, now),
    ...wentOf(mine),
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
