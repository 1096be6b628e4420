import fc from 'fast-check';
import { Facts } from '../facts';
import { histories, nows, shuffled, windows } from './__testUtils__/histories';
import { deployedChanges } from './deployedChanges';
import { leadTimeBuckets } from './distribution';
import {
  ChangesCounted,
  countedChanges,
  countedRollouts,
  DeploymentsCounted,
} from './evidence';
import { historyOf } from './history';
import { linkIncidents } from './linkIncidents';
import { percentile } from './percentiles';
import { Five, fiveSchema } from './results';
import { fiveOf, seriesOf } from './series';
import { past, Window } from './window';

const RUNS = { numRuns: 1000 };
const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

/** What adds up over intervals; a median or what is open at an end does not. */
function counts({
  deploymentFrequency,
  leadTime,
  recoveryTime,
  changeFailRate,
  reworkRate,
}: Five): Record<string, number> {
  return {
    deployments: deploymentFrequency.n,
    leads: leadTime.status === 'ok' ? leadTime.n : 0,
    flagged: leadTime.flagged,
    unknown: leadTime.unknown,
    waiting: leadTime.waiting,
    bots: leadTime.bots.n,
    recoveries: recoveryTime.n,
    recoveriesFlagged: recoveryTime.flagged,
    unlinked: recoveryTime.unlinked,
    finished: changeFailRate.n,
    failed: changeFailRate.status === 'ok' ? changeFailRate.failed : 0,
    unplanned: reworkRate.status === 'ok' ? reworkRate.unplanned : 0,
  };
}

/** Straight from the definition, with a sort and the middle of it. */
function naiveLeadTime(facts: Facts, window: Window, now: number) {
  const to = Math.min(window.to, now);
  const leads = facts.changes
    .map(({ firstCommitAt, mergedAt, deployedAt, bot }) => ({
      bot,
      first: Date.parse(firstCommitAt ?? ''),
      merged: Date.parse(mergedAt),
      deployed: Date.parse(deployedAt ?? ''),
    }))
    .filter(
      ({ bot, deployed }) => !bot && deployed >= window.from && deployed < to,
    )
    .filter(({ first }) => first >= Date.UTC(2005, 3, 7))
    .filter(
      ({ first, merged, deployed }) => first <= merged && merged <= deployed,
    )
    .map(({ first, deployed }) => (deployed - first) / 1000)
    .sort((a, b) => a - b);
  const half = leads.length / 2;
  if (leads.length === 0) return undefined;
  return leads.length % 2 === 1
    ? leads[Math.floor(half)]
    : (leads[half - 1] + leads[half]) / 2;
}

describe('a thousand histories', () => {
  it('have the same metrics in any order of their facts', () => {
    const orders = histories.chain(facts =>
      fc.tuple(fc.constant(facts), shuffled(facts)),
    );
    fc.assert(
      fc.property(orders, windows, nows, ([one, other], window, now) => {
        expect(seriesOf(historyOf(other, now), window)).toEqual(
          seriesOf(historyOf(one, now), window),
        );
      }),
      RUNS,
    );
  });

  it('have no negative time, and no share outside 0 to 1', () => {
    fc.assert(
      fc.property(histories, windows, nows, (facts, window, now) => {
        const history = historyOf(facts, now);
        const five = fiveOf(history, window, 'with');
        // The schema's bounds are these.
        expect(() => fiveSchema.parse(five)).not.toThrow();
        for (const { lead } of history.changes) {
          const { total = 0, coding, review = 0, deploy = 0 } = lead ?? {};
          const before =
            coding === undefined ? total - deploy : coding + review;
          expect(Math.min(coding ?? 0, review, deploy)).toBeGreaterThanOrEqual(
            0,
          );
          expect(before + deploy).toBe(total);
        }
      }),
      RUNS,
    );
  });

  it('have in their intervals what they have in the window', () => {
    fc.assert(
      fc.property(histories, windows, nows, (facts, window, now) => {
        const history = historyOf(facts, now);
        const points = seriesOf(history, window);
        const whole = counts(fiveOf(history, window));
        for (const [name, count] of Object.entries(whole)) {
          expect([
            name,
            sum(points.map(({ metrics }) => counts(metrics)[name])),
          ]).toEqual([name, count]);
        }
        expect(points[0].from).toBe(window.from);
        expect(points.at(-1)?.to).toBe(past(window, now).to);
        points.slice(1).forEach((point, index) => {
          expect(point.from).toBe(points[index].to);
        });
      }),
      RUNS,
    );
  });

  it('have the median that a naive computation has', () => {
    fc.assert(
      fc.property(histories, windows, nows, (facts, window, now) => {
        const { leadTime } = fiveOf(historyOf(facts, now), window);
        const value = leadTime.status === 'ok' ? leadTime.value : undefined;
        expect(value).toBe(naiveLeadTime(facts, window, now));
      }),
      RUNS,
    );
  });

  it('have as many deployments as finished, where each has its own commit', () => {
    fc.assert(
      fc.property(histories, windows, nows, (facts, window, now) => {
        const deployments = facts.deployments.map(of => ({
          ...of,
          sha: of.id,
        }));
        const inside = deployments.filter(
          ({ production, finishedAt, result }) => {
            const at = Date.parse(finishedAt ?? '');
            const finished = result === 'success' || result === 'failure';
            return (
              production &&
              finished &&
              at >= window.from &&
              at < Math.min(window.to, now)
            );
          },
        );
        const history = historyOf({ ...facts, deployments }, now);
        const five = fiveOf(history, window);
        expect(five.changeFailRate.n).toBe(inside.length);
        expect(five.deploymentFrequency.n).toBe(
          inside.filter(({ result }) => result === 'success').length,
        );
      }),
      RUNS,
    );
  });

  it('open to as many rows as they count', () => {
    fc.assert(
      fc.property(histories, windows, nows, (facts, window, now) => {
        const history = historyOf(facts, now);
        const rollouts = (counted: DeploymentsCounted) =>
          countedRollouts(history, window, counted).length;
        const changes = (counted: ChangesCounted) =>
          countedChanges(history, window, counted).length;
        const five = fiveOf(history, window);
        const whole = counts(five);
        expect(whole).toMatchObject({
          deployments: rollouts('successful'),
          finished: rollouts('finished'),
          failed: rollouts('failed'),
          recoveries: rollouts('recovered'),
          unplanned: rollouts('unplanned'),
          leads: changes('lead-time'),
          waiting: changes('waiting'),
          flagged: changes('flagged'),
          unknown: changes('unknown'),
          bots: changes('bots'),
        });
        expect(rollouts('open')).toBe(five.recoveryTime.open);
        const buckets = leadTimeBuckets(history, window).map(({ n }) => n);
        expect(sum(buckets)).toBe(whole.leads);
      }),
      RUNS,
    );
  });

  it('credit changes and link incidents alike in any order', () => {
    const orders = histories.chain(facts =>
      fc.tuple(fc.constant(facts), shuffled(facts)),
    );
    const link = ({ deployments, changes, incidents }: Facts) => ({
      changes: deployedChanges(
        changes.map(({ deployedAt, ...merged }) => merged),
        deployments,
        (_repository, deployed, merged) => deployed >= merged,
        30,
      ).sort(byId),
      incidents: linkIncidents(
        incidents.map(({ deploymentId, linkedBy, ...told }) => told),
        deployments,
        48,
      ).sort(byId),
    });
    fc.assert(
      fc.property(orders, ([one, other]) => {
        expect(link(other)).toEqual(link(one));
      }),
      RUNS,
    );
  });
});

describe('percentile', () => {
  it('lies between its neighbours and never falls as its share grows', () => {
    const values = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), {
      minLength: 1,
    });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(values, share, share, (all, a, b) => {
        const sorted = [...all].sort((x, y) => x - y);
        const low = percentile(sorted, Math.min(a, b));
        const high = percentile(sorted, Math.max(a, b));
        expect(low).toBeGreaterThanOrEqual(sorted[0]);
        expect(high).toBeLessThanOrEqual(
          sorted[sorted.length - 1] * (1 + 1e-12),
        );
        expect(low).toBeLessThanOrEqual(high * (1 + 1e-12));
      }),
      RUNS,
    );
  });
});
