import { COMPANY_DOMAIN, SampleCompany } from '../company';
import { SampleComponent } from '../schema';
import { calendar, DAY, DAYS, HOUR, MINUTE } from './calendar';
import { Random } from './random';
import { Rhythm, rhythmOf } from './rhythms';
import {
  PlannedDeployment,
  PlannedIncident,
  PlannedPerson,
  PlannedPull,
  ServiceHistory,
} from './types';
import { incidentTitleOf, stepsOf, titleOf } from './words';

const SEED = 'tidewater-1';
/** Above what the forge itself counts to on a laptop, so that none is taken for the other. */
const FIRST_PULL = 9_001;
const FIRST_INCIDENT = 90_001;
const FIRST_DEPLOYMENT = 900_000_001;

const RENOVATE: PlannedPerson = {
  login: 'renovate[bot]',
  name: 'renovate[bot]',
  email: `renovate@${COMPANY_DOMAIN}`,
  bot: true,
};

class Planner {
  private readonly random: Random;
  private readonly rhythm: Rhythm;
  private readonly people: PlannedPerson[];
  private readonly pulls: PlannedPull[] = [];
  private readonly deployments: PlannedDeployment[] = [];
  private readonly incidents: PlannedIncident[] = [];

  constructor(
    company: SampleCompany,
    private readonly component: SampleComponent,
    private readonly now: number,
    private readonly days: number,
  ) {
    this.random = new Random(`${SEED}/${component.name}`);
    this.rhythm = rhythmOf(component);
    const { people, teams } = company.organisation;
    const ids = new Set([
      ...component.history.map(({ author }) => author),
      teams[component.owner].escalation,
    ]);
    this.people = [...ids].map(id => ({
      login: id.replace('.', '-'),
      name: people[id],
      email: `${id}@${COMPANY_DOMAIN}`,
      bot: false,
    }));
  }

  plan(): ServiceHistory {
    const { component, now, days } = this;
    const weeks = calendar(this.random, this.rhythm, component, now, days);
    let free = 0;
    for (const { at, since, progress } of weeks) {
      const begins = Math.max(at, free + 20 * MINUTE);
      free = this.release(begins, Math.max(since, free), progress);
    }
    const pulls = this.pulls.filter(({ mergedAt }) => mergedAt < now);
    const deployments = this.deployments.filter(
      ({ finishedAt }) => finishedAt < now,
    );
    deployments.sort((a, b) => a.startedAt - b.startedAt);
    const incidents = this.incidents.filter(
      ({ resolvedAt }) => resolvedAt < now,
    );
    return {
      name: component.name,
      pulls,
      deployments: deployments.map((one, index) => ({
        ...one,
        id: FIRST_DEPLOYMENT + index,
      })),
      incidents,
    };
  }

  /** One release with all that came of it; when it was over. */
  private release(leaves: number, since: number, progress: number): number {
    const { random, rhythm } = this;
    let at = leaves;
    const drift = 1 + ((rhythm.becomes ?? 1) - 1) * progress;
    const before = this.pulls.at(-1)?.number;
    const isTrain = rhythm.perWeek < 2;
    const tried = rhythm.staging ? 90 : 0;
    const merges = Array.from(
      { length: Math.max(1, random.count(rhythm.pulls)) },
      (_, index) =>
        isTrain
          ? random.between(Math.min(since, at - 4 * HOUR), at - 2 * HOUR)
          : at - (tried + index * 9 + random.between(4, 9)) * MINUTE,
    ).sort((a, b) => a - b);
    for (const mergedAt of merges) this.merge(mergedAt, since, drift);

    if (rhythm.staging) this.deploy('planned', at - tried * MINUTE, 'staging');
    const goesWrong = before && random.chance(rhythm.failures * drift);
    if (rhythm.canary) {
      const failed = goesWrong && random.chance(0.4);
      const end = this.deploy(
        'planned',
        at,
        'production-canary',
        failed ? 'failure' : 'success',
      );
      // Nothing more leaves; the next release has the repair.
      if (failed) return end;
      at = end + 10 * MINUTE;
    }
    const how = goesWrong ? random.next() : 1;
    const breaks = how < 0.25;
    const end = this.rollOut('planned', at, breaks);
    if (!goesWrong) return end;

    const culprit = this.pulls.at(-1)!.number;
    const noticed = end + random.around(rhythm.repair * drift * 0.4) * HOUR;
    const mended = this.mend(noticed, drift, how >= 0.25 ? before : undefined);
    if (!breaks) this.reportIncident(culprit, noticed, mended);
    return mended;
  }

  /** Back to what was there before, or on to a repair; when that was over. */
  private mend(noticed: number, drift: number, before?: number): number {
    const { random, rhythm } = this;
    if (before && random.chance(0.5)) {
      return this.rollOut('rollback', noticed, false, before);
    }
    const repaired = noticed + random.around(rhythm.repair * drift) * HOUR;
    this.merge(repaired, noticed, drift, 'repair');
    return this.rollOut('hotfix', repaired + 6 * MINUTE, false);
  }

  /** Not everything that is mended was an incident. */
  private reportIncident(pull: number, noticed: number, mended: number) {
    const { random, incidents } = this;
    if (!random.chance(0.85)) return;
    incidents.push({
      number: FIRST_INCIDENT + incidents.length,
      title: incidentTitleOf(random),
      severity: random.pick(['critical', 'high', 'high', 'minor', 'minor']),
      pull,
      isExplained: random.chance(0.6),
      startedAt: noticed - random.between(1, 3) * MINUTE,
      resolvedAt: mended + random.between(2, 20) * MINUTE,
    });
  }

  private merge(
    mergedAt: number,
    since: number,
    drift: number,
    kind?: 'repair',
  ) {
    const { random, rhythm, component, people } = this;
    const bot = !kind && random.chance(rhythm.bots);
    const what = bot ? 'update' : kind ?? 'change';
    const title = titleOf(random, component, what);
    const author = bot ? RENOVATE : random.pick(people);
    const reviewers = people.filter(one => one !== author);
    const waits = kind
      ? 10 * MINUTE
      : random.around(rhythm.review * drift) * HOUR;
    const earliest = kind ? since : mergedAt - 60 * 24 * HOUR;
    const createdAt = Math.max(mergedAt - waits, earliest);
    const coding = bot
      ? MINUTE
      : random.around(kind ? 0.3 : rhythm.coding * drift) * HOUR;
    const messages = bot ? [title] : stepsOf(random, title);
    const last = this.pulls.at(-1);
    this.pulls.push({
      number: last ? last.number + 1 : FIRST_PULL,
      title,
      author,
      createdAt,
      ...(reviewers.length > 0 && {
        review: {
          at: createdAt + (mergedAt - createdAt) * random.between(0.3, 0.9),
          by: random.pick(reviewers),
        },
      }),
      mergedAt: Math.max(mergedAt, (last?.mergedAt ?? 0) + MINUTE),
      style: rhythm.merges,
      commits: messages.map((message, index) => ({
        message,
        at: createdAt - coding * (1 - index / messages.length),
      })),
    });
  }

  /** To all regions, one after another; a break ends it. */
  private rollOut(
    kind: PlannedDeployment['kind'],
    at: number,
    breaks: boolean,
    pull?: number,
  ): number {
    const regions = this.rhythm.regions ?? [undefined];
    const brokenAt = breaks
      ? Math.floor(this.random.next() * regions.length)
      : -1;
    let end = at;
    for (const [index, region] of regions.entries()) {
      const isBroken = index === brokenAt;
      const state = isBroken
        ? this.random.pick(['failure', 'failure', 'error'] as const)
        : 'success';
      end = this.deploy(kind, end + MINUTE, 'production', state, region, pull);
      if (isBroken) break;
    }
    return end;
  }

  private deploy(
    kind: PlannedDeployment['kind'],
    startedAt: number,
    environment: string,
    state: PlannedDeployment['state'] = 'success',
    region?: string,
    pull = this.pulls.at(-1)!.number,
  ): number {
    const finishedAt = startedAt + this.random.around(6) * MINUTE;
    this.deployments.push({
      id: 0,
      environment,
      ...(region && { region }),
      pull,
      kind,
      startedAt,
      finishedAt,
      state,
    });
    return finishedAt;
  }
}

/**
 * Deliveries of every component, up to the evening before. Pure: the same company and
 * the same day give the same result.
 *
 * @param days - how far back they go
 */
export function planHistory(
  company: SampleCompany,
  today: Date,
  days = DAYS,
): ServiceHistory[] {
  const midnight = Math.floor(today.getTime() / DAY) * DAY;
  return company.components.map(component =>
    new Planner(company, component, midnight, days).plan(),
  );
}
