import { Facts } from '../facts';
import { METRIC_NAMES } from './comparison';
import { DEFAULT_OPTIONS, historyOfRows, MetricOptions } from './history';
import { byTime, DAY, groupBy, Millis } from './instants';
import { Bots } from './leadTime';
import { median, percentile } from './percentiles';
import { Five, MetricName } from './results';
import { MetricRows, rowsOf } from './rows';
import { fiveOf } from './series';
import { Window } from './window';

export const COHORTS = ['golden-path', 'bespoke'] as const;
export type Cohort = (typeof COHORTS)[number];

/** With fewer components a cohort says more of them than of the path. */
export const SMALL_COHORT = 5;

/** Said wherever cohorts stand side by side. */
export const SELECTION_BIAS =
  'Teams choose what they build on: a golden path takes in newer services and ' +
  'teams that like to change, so a difference need not come from the path.';

/** What a component can be sorted by. */
export interface CohortComponent {
  entityRef: string;
  /** Template it was made from; none for a bespoke one. */
  template?: string;
  owner?: string;
  system?: string;
  tier?: string;
  language?: string;
  /** When it was first changed or deployed, as far as that is known. */
  createdAt?: string;
}

export const COHORT_KEYS = [
  'path',
  'owner',
  'system',
  'tier',
  'language',
] as const;
export type CohortKey = (typeof COHORT_KEYS)[number];

/** A metric over components: each of them is one value, however much it deploys. */
export interface Spread {
  /** Components that have a value. */
  n: number;
  p25: number;
  p50: number;
  p75: number;
}

export interface CohortResult {
  /** `golden-path`, or the owner; empty where a component has none. */
  name: string;
  components: number;
  /** Whether it has too few components to be compared. */
  small: boolean;
  /** Median of those whose age is known; left out without one. */
  ageDays?: number;
  /** Of all their events together. */
  metrics: Five;
  /** Left out where no component has a value. */
  spread: Partial<Record<MetricName, Spread>>;
}

export function cohortOf({ template }: CohortComponent): Cohort {
  return template === undefined ? 'bespoke' : 'golden-path';
}

/** Cohorts side by side, by name; components without facts count as well. */
export function compareCohorts(
  facts: Facts,
  components: readonly CohortComponent[],
  by: CohortKey,
  window: Window,
  now: Millis,
  options?: { metrics?: MetricOptions; bots?: Bots },
): CohortResult[] {
  const factsOf = splitFacts(facts);
  const { rolloutHours } = options?.metrics ?? DEFAULT_OPTIONS;
  const rows = new Map(
    components.map(({ entityRef }) => [
      entityRef,
      rowsOf(factsOf(entityRef), now, rolloutHours),
    ]),
  );
  const five = (refs: readonly string[]) => {
    const joined = joinRows(refs.flatMap(ref => rows.get(ref) ?? []));
    const history = historyOfRows(joined, now, options?.metrics);
    return fiveOf(history, window, options?.bots);
  };
  return compareFives(five, components, by, now);
}

/** The same by what the five of any of the components are. */
export function compareFives(
  fiveOfAll: (entityRefs: readonly string[]) => Five,
  components: readonly CohortComponent[],
  by: CohortKey,
  now: Millis,
): CohortResult[] {
  const key = (component: CohortComponent) =>
    by === 'path' ? cohortOf(component) : component[by] ?? '';
  return [...groupBy(components, key)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, members]) => {
      const refs = members.map(({ entityRef }) => entityRef);
      const ages = members.flatMap(({ createdAt }) =>
        createdAt ? (now - Date.parse(createdAt)) / DAY : [],
      );
      return {
        name,
        components: members.length,
        small: members.length < SMALL_COHORT,
        ageDays: median(ages),
        metrics: fiveOfAll(refs),
        spread: spreadOf(refs.map(ref => fiveOfAll([ref]))),
      };
    });
}

/** Rows of several components as those of one. */
function joinRows(parts: readonly MetricRows[]): MetricRows {
  return {
    rollouts: parts.flatMap(({ rollouts }) => rollouts).sort(byTime),
    changes: parts.flatMap(({ changes }) => changes).sort(byTime),
    waiting: parts.flatMap(({ waiting }) => waiting).sort(byTime),
    unlinked: parts.flatMap(({ unlinked }) => unlinked).sort(byTime),
  };
}

function spreadOf(all: Five[]): Partial<Record<MetricName, Spread>> {
  const spread: Partial<Record<MetricName, Spread>> = {};
  for (const name of METRIC_NAMES) {
    const values = all
      .flatMap(five => {
        const result = five[name];
        return result.status === 'ok' ? result.value : [];
      })
      .sort((a, b) => a - b);
    if (values.length > 0) {
      spread[name] = {
        n: values.length,
        p25: percentile(values, 0.25),
        p50: percentile(values, 0.5),
        p75: percentile(values, 0.75),
      };
    }
  }
  return spread;
}

function splitFacts(facts: Facts): (entityRef: string) => Facts {
  const key = ({ entityRef }: { entityRef: string }) => entityRef;
  const deployments = groupBy(facts.deployments, key);
  const changes = groupBy(facts.changes, key);
  const deployedTo = new Map(
    facts.deployments.map(({ id, entityRef }) => [id, entityRef]),
  );
  // One that another component's deployment caused counts there.
  const incidents = groupBy(
    facts.incidents,
    ({ deploymentId, entityRef }) =>
      deployedTo.get(deploymentId ?? '') ?? entityRef,
  );
  return entityRef => ({
    deployments: deployments.get(entityRef) ?? [],
    changes: changes.get(entityRef) ?? [],
    incidents: incidents.get(entityRef) ?? [],
  });
}
