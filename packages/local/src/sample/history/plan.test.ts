import { loadSampleCompany } from '..';
import { SAMPLE_DIR } from '../__testUtils__/sample';
import { planHistory } from './plan';
import { ServiceHistory } from './types';

const TODAY = new Date('2026-11-21T13:00:00Z');
const DAY = 86_400_000;
const MIDNIGHT = Date.parse('2026-11-21T00:00:00Z');

describe('the sample history', () => {
  const company = loadSampleCompany(SAMPLE_DIR);
  const plan = planHistory(company, TODAY);
  const of = (name: string) => plan.find(one => one.name === name)!;
  const rolledOut = ({ deployments }: ServiceHistory) =>
    deployments.filter(one => one.environment === 'production');

  it('is the same for the same day, and moves with it', () => {
    expect(planHistory(company, TODAY)).toEqual(plan);
    const later = planHistory(company, new Date(TODAY.getTime() + 7 * DAY));
    expect(later).not.toEqual(plan);
    expect(later.map(({ name }) => name)).toEqual(plan.map(({ name }) => name));
  });

  it('has thousands of deployments, all of the last six months', () => {
    const all = plan.flatMap(({ deployments }) => deployments);
    expect(all.length).toBeGreaterThan(2_000);
    expect(all.length).toBeLessThan(4_000);
    for (const { startedAt, finishedAt } of all) {
      expect(finishedAt).toBeGreaterThan(startedAt);
      expect(finishedAt).toBeLessThan(MIDNIGHT);
      expect(startedAt).toBeGreaterThan(TODAY.getTime() - 184 * DAY);
    }
    expect(plan).toHaveLength(company.components.length);
    for (const one of plan) expect(one.deployments).not.toEqual([]);
  });

  it('deploys what was merged before, and merges in order what was begun before', () => {
    for (const { name, pulls, deployments } of plan) {
      const merged = new Map(pulls.map(one => [one.number, one.mergedAt]));
      for (const { pull, startedAt } of deployments) {
        expect([name, merged.get(pull)! <= startedAt]).toEqual([name, true]);
      }
      pulls.forEach((pull, index) => {
        expect(pull.mergedAt).toBeGreaterThan(pulls[index - 1]?.mergedAt ?? 0);
        expect(pull.createdAt).toBeLessThan(pull.mergedAt);
        expect(pull.commits[0].at).toBeLessThan(pull.createdAt);
        expect(pull.review?.at ?? pull.createdAt).toBeLessThan(pull.mergedAt);
        expect(pull.review?.by).not.toBe(pull.author);
      });
    }
  });

  it('is of each team what it is known for', () => {
    expect(rolledOut(of('edge-gateway')).length).toBeGreaterThan(100);
    expect(rolledOut(of('sales-reporting')).length).toBeLessThan(15);
    expect(rolledOut(of('order-service')).length).toBeLessThan(26);
    const regions = rolledOut(of('checkout-service')).map(one => one.region);
    expect(new Set(regions)).toEqual(new Set(['eu-north', 'eu-west']));
    const styles = (name: string) => new Set(of(name).pulls.map(p => p.style));
    expect(styles('payments-service')).toEqual(new Set(['merge']));
    expect(styles('checkout-service')).toEqual(new Set(['squash']));
    // What delivery learned: less goes wrong in the second half.
    const mended = (half: boolean) =>
      ['dispatch-service', 'route-planner', 'tracking-service']
        .flatMap(name => of(name).deployments)
        .filter(one => one.kind !== 'planned')
        .filter(one => one.startedAt > TODAY.getTime() - 91 * DAY === half)
        .length;
    expect(mended(true)).toBeLessThan(mended(false));
  });

  it('has bots, hotfixes, rollbacks, failures, and canaries that ended a release', () => {
    const all = plan.flatMap(({ deployments }) => deployments);
    const count = (kind: string) => all.filter(one => one.kind === kind).length;
    expect(count('hotfix')).toBeGreaterThan(40);
    expect(count('rollback')).toBeGreaterThan(20);
    const failed = all.filter(({ state }) => state !== 'success');
    expect(new Set(failed.map(({ environment }) => environment))).toEqual(
      new Set(['production', 'production-canary']),
    );
    const pulls = plan.flatMap(one => one.pulls);
    const bots = pulls.filter(({ author }) => author.bot).length;
    expect(bots / pulls.length).toBeGreaterThan(0.1);
    expect(bots / pulls.length).toBeLessThan(0.3);
  });

  it('has incidents, each of a release before it, that are over', () => {
    const all = plan.flatMap(({ name, incidents, deployments }) =>
      incidents.map(incident => ({ name, incident, deployments })),
    );
    expect(all.length).toBeGreaterThan(30);
    expect(all.length).toBeLessThan(200);
    for (const { name, incident, deployments } of all) {
      const { pull, startedAt, resolvedAt } = incident;
      const cause = deployments.find(
        one => one.pull === pull && one.environment === 'production',
      );
      expect([name, cause!.startedAt < startedAt]).toEqual([name, true]);
      expect(startedAt).toBeLessThan(resolvedAt);
      expect(resolvedAt).toBeLessThan(MIDNIGHT);
    }
    const explained = all.filter(({ incident }) => incident.isExplained);
    expect(explained.length).toBeGreaterThan(all.length / 4);
    expect(explained.length).toBeLessThan(all.length);
  });

  it('rolls back to what was there before', () => {
    const { deployments } = of('basket-service');
    const rollbacks = deployments.filter(({ kind }) => kind === 'rollback');
    expect(rollbacks).not.toEqual([]);
    for (const one of rollbacks) {
      const before = deployments.filter(
        other => other.startedAt < one.startedAt && other.kind !== 'rollback',
      );
      expect(one.pull).toBeLessThan(before.at(-1)!.pull);
    }
  });
});
