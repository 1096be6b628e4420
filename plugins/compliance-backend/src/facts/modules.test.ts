import { componentReportSchema } from '@waymark/backstage-plugin-compliance-common';
import {
  Collector,
  FactsError,
} from '@waymark/backstage-plugin-compliance-node';
import { testDatabases } from '../__testUtils__/database';
import {
  group,
  service,
  startPortal,
  startTestForge,
} from '../__testUtils__/portal';

const open = testDatabases();

describe('collectors of modules', () => {
  it('take the place of the own ones, and tell only what is for owners', async () => {
    const forge = await startTestForge();
    const etags: (string | undefined)[] = [];
    const delivery: Collector<'delivery'> = {
      part: 'delivery',
      collect: async (_, { etag }) => {
        etags.push(etag);
        if (etag) return 'not-modified';
        const protection = {
          requiredChecks: ['ci'],
          requiredReviews: 1,
          forcePushes: false,
        };
        return {
          data: { protection, environments: [], archived: false },
          source: 'another Git host',
          etag: 'e1',
        };
      },
    };
    const slo: Collector<'slo'> = {
      part: 'slo',
      collect: async () => {
        throw new Error('connect ECONNREFUSED 10.0.0.7 with token s3cret');
      },
    };
    const manifest: Collector<'manifest'> = {
      part: 'manifest',
      collect: async () => {
        throw new FactsError('The cluster did not answer.');
      },
    };
    const portal = await startPortal({
      forge,
      knex: (await open()).knex,
      entities: [group('checkout'), service(forge, 'basket')],
      collectors: [delivery, slo, manifest],
    });
    const report = async () => {
      await portal.run('work');
      const path = '/scores/component/default/basket';
      const { body, text } = await portal.get(path);
      expect(text).not.toMatch(/s3cret|10\.0\.0\.7/);
      const { origins, verdicts } = componentReportSchema.parse(body);
      return Object.fromEntries([
        ...origins.map(({ part, error, source }) => [part, error ?? source]),
        ...verdicts.map(({ rule, outcome }) => [rule, outcome]),
      ]);
    };
    try {
      await portal.run('components');
      const first = await report();
      expect(first).toMatchObject({
        delivery: 'another Git host',
        manifest: 'The cluster did not answer.',
        slo: expect.stringContaining('the log of the portal says why'),
        'protected-main-branch': 'pass',
        'pinned-image': 'unknown',
        'service-level-objective': 'unknown',
      });
      await portal.post('/scores/component/default/basket/refresh');
      while (etags.length < 2) {
        await new Promise(resolve => setTimeout(resolve, 20));
      }
      expect(await report()).toEqual(first);
      expect(etags).toEqual([undefined, 'e1']);
    } finally {
      await portal.stop();
      await forge.stop();
    }
  });
});
