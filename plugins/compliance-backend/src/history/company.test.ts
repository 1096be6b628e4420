import {
  complianceCohortsSchema,
  componentPageSchema,
  historySchema,
  rulePageSchema,
  RulesAnswer,
  rulesSchema,
  summarySchema,
} from '@waymark/backstage-plugin-compliance-common';
import { Company, startCompany } from '../__testUtils__/company';
import { testDatabases } from '../__testUtils__/database';
import { Person } from '../__testUtils__/portal';

const open = testDatabases();

describe('the company', () => {
  let started: Company;

  beforeAll(async () => {
    started = await startCompany(open);
  });
  afterAll(() => started.stop());

  it('shows everybody what they may see, and no more', async () => {
    const { portal, report } = started;
    await portal.run('history');
    const page = async (who?: Person, query = '') => {
      const { body } = await portal.get(`/scores?order=desc${query}`, who);
      return componentPageSchema.parse(body);
    };
    const all = await page('user:default/priya');
    expect(all.total).toBe(5);
    expect(all.items[0].tracks).toHaveLength(5);
    const few = await page('user:default/visitor');
    expect(few.items.map(({ title }) => title)).toEqual(['open-maps']);
    expect(few.total).toBe(1);

    const filtered = await page(undefined, '&owner=group:delivery&sort=failed');
    expect(filtered.items.map(({ title }) => title)).toEqual(['labels']);
    const failing = await page(
      undefined,
      '&rule=catalog-fields&outcome=fail&search=MAPS&madeFrom=nothing',
    );
    expect(failing.total).toBe(1);

    const summary = async (who?: Person) =>
      summarySchema.parse((await portal.get('/summary', who)).body);
    const company = await summary('user:default/maya');
    expect(company.components).toBe(5);
    expect(company.groups).toMatchObject([
      { ref: 'group:default/checkout', title: 'Team checkout', components: 4 },
      { ref: 'group:default/delivery', title: 'Team delivery', components: 1 },
    ]);
    // The numbers of the page add up.
    const sum = (name: 'failed' | 'components') =>
      company.groups.reduce((total, one) => total + one[name], 0);
    expect(sum('failed')).toBe(company.total.failed);
    expect((await summary('user:default/visitor')).components).toBe(1);

    const cohorts = async (who?: Person) =>
      complianceCohortsSchema.parse((await portal.get('/cohorts', who)).body)
        .cohorts;
    const scores = all.items.map(({ score }) => score!);
    expect(await cohorts()).toEqual([
      {
        name: 'bespoke',
        components: 5,
        scored: 5,
        score: company.total.score,
        spread: expect.objectContaining({
          p50: scores.sort((a, b) => a - b)[2],
        }),
      },
    ]);
    expect(await cohorts('user:default/visitor')).toMatchObject([
      { components: 1, scored: 1 },
    ]);

    const rules = async (who?: Person) =>
      rulesSchema.parse((await portal.get('/rules', who)).body);
    const outcomes = (answer: RulesAnswer) =>
      answer.rules.find(({ id }) => id === 'catalog-fields')!.outcomes;
    expect(outcomes(await rules())).toMatchObject({ pass: 3, fail: 2 });
    expect(outcomes(await rules('user:default/visitor'))).toMatchObject({
      pass: 0,
      fail: 1,
    });
    const rule = async (who: Person) =>
      rulePageSchema.parse(
        (await portal.get('/rules/catalog-fields?outcome=pass', who)).body,
      );
    expect((await rule('user:default/maya')).total).toBe(3);
    expect((await rule('user:default/visitor')).items).toEqual([]);

    const history = async (query: string, who?: Person) =>
      historySchema.parse((await portal.get(`/history${query}`, who)).body);
    expect((await history('')).points).toMatchObject([{ components: 5 }]);
    const visitor = 'user:default/visitor';
    expect((await history('', visitor)).points).toMatchObject([
      { components: 1, score: (await report('open-maps')).total.score },
    ]);
    const own = await history('?owner=group:delivery', visitor);
    expect(own.points).toEqual([]);
    for (const path of [
      '/scores/component/default/basket',
      '/history?entityRef=component:basket',
    ]) {
      expect((await portal.get(path, visitor)).status).toBe(404);
    }
    expect((await portal.get('/health', visitor)).status).toBe(403);
    const exempt = await portal.get('/exemptions', visitor);
    expect(exempt.body.items).toEqual([]);
  });
});
