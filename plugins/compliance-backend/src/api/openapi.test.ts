import { routesIn, routesOf } from '@waymark/backstage-plugin-insights-node';
import { z } from 'zod';
import { Company, startCompany } from '../__testUtils__/company';
import { testDatabases } from '../__testUtils__/database';
import { createRouter } from './router';

const open = testDatabases();

describe('the document of the API', () => {
  let started: Company;

  beforeAll(async () => {
    started = await startCompany(open);
  });
  afterAll(() => started.stop());

  it('describes each route, for those who are signed in', async () => {
    const { portal } = started;
    expect((await portal.get('/openapi.json', null)).status).toBe(401);
    const { body } = await portal.get('/openapi.json');
    expect(routesIn(body)).toEqual(routesOf(createRouter({} as never)));
  });

  it('describes what they answer', async () => {
    const { portal } = started;
    await portal.run('history');
    const { body } = await portal.get('/openapi.json');
    const described = (path: string) => {
      const { get } = body.paths[path.split('?')[0]];
      return z.fromJSONSchema(
        get.responses[200].content['application/json'].schema,
      );
    };
    for (const path of [
      '/scores?limit=5',
      '/summary',
      '/history',
      '/rules',
      '/exemptions',
      '/campaigns',
      '/fixes',
      '/health',
    ]) {
      const { body: given, status } = await portal.get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(described(path).safeParse(given).error).toBeUndefined();
    }
    expect(body.paths['/scores'].get.parameters).toContainEqual(
      expect.objectContaining({ name: 'rule', in: 'query', required: false }),
    );
  });
});
