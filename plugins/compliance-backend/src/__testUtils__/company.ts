import {
  ComponentReport,
  componentReportSchema,
} from '@waymark/backstage-plugin-compliance-common';
import { testDatabases } from './database';
import { group, service, startPortal, startTestForge } from './portal';

/** A portal that has judged the components of two teams. */
export async function startCompany(open: ReturnType<typeof testDatabases>) {
  const forge = await startTestForge();
  for (const name of ['basket', 'open-maps', 'labels']) {
    await forge.repository(name);
    await forge.commit(name, 'README.md', `# ${name}\n`);
  }
  const stores = await open();
  const portal = await startPortal({
    forge,
    knex: stores.knex,
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

  const report = async (name: string): Promise<ComponentReport> => {
    const { body, status } = await portal.get(
      `/scores/component/default/${name}`,
    );
    expect(body.error).toBeUndefined();
    expect(status).toBe(200);
    return componentReportSchema.parse(body);
  };
  return {
    forge,
    portal,
    stores,
    report,
    refresh: (name: string) =>
      portal.post(`/scores/component/default/${name}/refresh`),
    /** What happens after an event takes a moment. */
    eventually: async (
      name: string,
      condition: (now: ComponentReport) => boolean,
    ) => {
      const end = Date.now() + 20_000;
      for (;;) {
        const now = await report(name);
        if (condition(now)) return now;
        if (Date.now() > end) throw new Error(JSON.stringify(now, null, 1));
        await new Promise(resolve => setTimeout(resolve, 50));
      }
    },
    stop: async () => {
      await portal.stop();
      await forge.stop();
    },
  };
}
export type Company = Awaited<ReturnType<typeof startCompany>>;

/** What a rule says in a report. */
export const outcome = ({ verdicts }: ComponentReport, rule: string) =>
  verdicts.find(verdict => verdict.rule === rule)!;
