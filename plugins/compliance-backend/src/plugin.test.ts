import {
  ComponentReport,
  componentReportSchema,
} from '@waymark/backstage-plugin-compliance-common';
import { testDatabases } from './__testUtils__/database';
import {
  group,
  Portal,
  service,
  startPortal,
  startTestForge,
  TestForge,
} from './__testUtils__/portal';

const open = testDatabases();

describe('compliance', () => {
  let forge: TestForge;
  let portal: Portal;

  const report = async (name: string): Promise<ComponentReport> => {
    const { body, status } = await portal.get(
      `/scores/component/default/${name}`,
    );
    expect(body.error).toBeUndefined();
    expect(status).toBe(200);
    return componentReportSchema.parse(body);
  };
  const outcome = ({ verdicts }: ComponentReport, rule: string) =>
    verdicts.find(verdict => verdict.rule === rule)!;

  beforeAll(async () => {
    forge = await startTestForge();
    for (const name of ['basket', 'open-maps', 'labels']) {
      await forge.repository(name);
      await forge.commit(name, 'README.md', `# ${name}\n`);
    }
    const { knex } = await open();
    portal = await startPortal({
      forge,
      knex,
      entities: [
        group('checkout'),
        group('delivery'),
        service(forge, 'basket'),
        service(forge, 'open-maps', { description: '' }),
        service(forge, 'labels', { owner: 'group:default/delivery' }),
        service(forge, 'curious', { source: `${forge.url}/other/secret` }),
        {
          ...service(forge, 'paper'),
          metadata: { namespace: 'default', name: 'paper' },
        },
      ],
    });
    await portal.run('components');
    await portal.run('work');
  });
  afterAll(async () => {
    await portal.stop();
    await forge.stop();
  });

  it('judges what it has learned, and says where from', async () => {
    const basket = await report('basket');
    expect(outcome(basket, 'catalog-fields').outcome).toBe('pass');
    expect(outcome(basket, 'owner-is-a-group').outcome).toBe('pass');
    expect(outcome(basket, 'pipeline')).toMatchObject({
      outcome: 'fail',
      findings: [{ message: expect.any(String) }],
    });
    expect(outcome(basket, 'protected-main-branch').outcome).toBe('fail');
    expect(outcome(basket, 'pinned-image').outcome).toBe('not-applicable');
    expect(basket.origins).toHaveLength(5);
    const repository = basket.origins.find(o => o.part === 'repository');
    expect(repository?.source).toMatch(/tidewater\/basket.* @ [0-9a-f]{12}$/);

    const maps = await report('open-maps');
    expect(outcome(maps, 'catalog-fields').outcome).toBe('fail');
    expect(maps.total.score).toBeLessThan(basket.total.score!);
  });
});
