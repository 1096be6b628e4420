import {
  campaignSchema,
  promotedRulesSchema,
  rulePageSchema,
  rulesSchema,
} from '@waymark/backstage-plugin-compliance-common';
import { campaignRequest } from '../__testUtils__/campaigns';
import { Company, outcome, startCompany } from '../__testUtils__/company';
import { testDatabases } from '../__testUtils__/database';

const open = testDatabases();
const JONAS = 'user:default/jonas';
const MAYA = 'user:default/maya';
/** On trial in this checkout. */
const RULE = 'pinned-runner';
const WORKFLOW = `on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: make test
`;

describe('a rule on trial', () => {
  let company: Company;

  const rule = async () => {
    const { body } = await company.portal.get(`/rules/${RULE}`, MAYA);
    return rulePageSchema.parse(body).rule;
  };
  const campaign = async () => {
    const { portal } = company;
    const wanted = campaignRequest({ rules: [RULE, 'pipeline'] });
    const { body } = await portal.post('/campaigns', JONAS, wanted);
    const { id } = campaignSchema.parse(body);
    await portal.post(`/campaigns/${id}/state`, JONAS, { state: 'running' });
    return {
      id,
      end: async (state: string, promote: boolean) =>
        campaignSchema.parse(
          (
            await portal.post(`/campaigns/${id}/state`, JONAS, {
              state,
              promote,
            })
          ).body,
        ),
    };
  };

  beforeAll(async () => {
    company = await startCompany(open);
    await company.forge.commit('basket', '.github/workflows/ci.yaml', WORKFLOW);
    await company.refresh('basket');
    await company.eventually(
      'basket',
      now => outcome(now, 'pipeline').outcome === 'pass',
    );
  });
  afterAll(() => company.stop());

  it('is judged and not counted, until a campaign ends by promoting it', async () => {
    const { portal, report } = company;
    const before = await report('basket');
    expect(outcome(before, RULE).outcome).toBe('fail');
    const failing = before.verdicts.filter(one => one.outcome === 'fail');
    expect(before.total.failed).toBe(failing.length - 1);
    expect((await rule()).trial).toBe(true);

    expect((await (await campaign()).end('done', false)).promoted).toEqual([]);
    const given = await (await campaign()).end('cancelled', false);
    expect(given.promoted).toEqual([]);
    await portal.run('work');
    expect(await report('basket')).toEqual(before);
    expect((await portal.get('/rules/promoted')).body).toEqual([]);

    const last = await campaign();
    expect((await last.end('done', true)).promoted).toEqual([RULE]);
    await portal.run('work');
    const after = await report('basket');
    expect(after.total.failed).toBe(failing.length);
    expect(after.total.countedWeight).toBe(before.total.countedWeight + 3);
    expect(after.revision).not.toBe(before.revision);
    const answer = await portal.get('/rules/promoted', MAYA);
    const [promoted] = promotedRulesSchema.parse(answer.body);
    expect(promoted).toMatchObject({ rule: RULE, campaign: last.id });
    expect((await rule()).promotedAt).toBe(promoted.since);
    // Every component is judged by the rules of one revision.
    const { revision } = rulesSchema.parse((await portal.get('/rules')).body);
    expect(
      await company.stores.knex('components').distinct('revision'),
    ).toEqual([{ revision }]);

    // It counts already.
    expect((await (await campaign()).end('done', true)).promoted).toEqual([]);
  });
});
