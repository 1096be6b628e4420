import { reachSchema } from '@waymark/backstage-plugin-golden-paths-common';
import { Kitchen, startKitchen } from '../__testUtils__/kitchen';
import {
  DEVELOPER,
  PLATFORM,
  testDatabases,
  VISITOR,
} from '../__testUtils__/portal';
import { spread } from './Reach';

jest.setTimeout(120_000);
const open = testDatabases();
const KETTLE = 'template:default/kettle';

describe('what a pull request of a template reaches', () => {
  let kitchen: Kitchen;
  const ask = (pullRequest: number, who: string | null = PLATFORM, more = {}) =>
    kitchen.portal
      .post('/reach', who)
      .send({ templateRef: KETTLE, pullRequest, ...more });
  const reach = async (pullRequest: number, more = {}) => {
    const { body } = await ask(pullRequest, PLATFORM, more);
    return reachSchema.parse(body);
  };
  /** Puts files on a branch, and opens a pull request of it. */
  const propose = async (branch: string, files: Record<string, string>) => {
    const { sha } = await kitchen.api('GET', '/platform/commits/main');
    await kitchen.api('POST', '/platform/git/refs', {
      ref: `refs/heads/${branch}`,
      sha,
    });
    for (const [path, text] of Object.entries(files)) {
      const address = `/platform/contents/${path}`;
      const known = await kitchen.api('GET', `${address}?ref=${branch}`);
      await kitchen.api('PUT', address, {
        message: path,
        branch,
        content: Buffer.from(text).toString('base64'),
        ...(known && { sha: known.sha }),
      });
    }
    const { number } = await kitchen.api('POST', '/platform/pulls', {
      title: branch,
      head: branch,
      base: 'main',
    });
    return number as number;
  };
  const read = async (path: string) => {
    const file = await kitchen.api('GET', `/platform/contents/${path}`);
    return Buffer.from(file.content, 'base64').toString();
  };
  const TEMPLATE = 'templates/kettle/template.yaml';
  const README = 'templates/kettle/skeleton/README.md.njk';

  beforeAll(async () => {
    kitchen = await startKitchen(open);
    for (const name of ['basket', 'quotes']) await kitchen.make(name);
    for (const { kind, metadata } of kitchen.portal.state.entities) {
      if (kind === 'Component') {
        metadata.annotations!['waymark.dev/template'] = KETTLE;
      }
    }
    await kitchen.portal.look();
  });
  afterAll(() => kitchen.stop());

  it('is said by service and by file, and nothing of what the branch got meanwhile', async () => {
    const number = await propose('better', {
      [README]: `${await read(README)}Seventh\n`,
      'templates/kettle/skeleton/whistle.txt': 'wheee\n',
    });
    await kitchen.release('1.1.0', { First: 'First, on the branch' });
    const answer = await reach(number);
    expect(answer).toMatchObject({
      base: { version: '1.0.0' },
      services: 2,
      looked: 2,
      reached: 2,
      unchanged: 0,
      blocked: 0,
      files: [
        { path: 'README.md', kind: 'changed', services: 2 },
        { path: 'whistle.txt', kind: 'added', services: 2 },
      ],
    });
    expect(answer.items[0]).toMatchObject({
      entityRef: 'component:default/basket',
      result: 'reached',
    });
    expect(await reach(number, { limit: 1 })).toMatchObject({
      services: 2,
      looked: 1,
    });
  });

  it('says which cannot be rendered, and why; a new version alone changes nothing', async () => {
    const text = await read(TEMPLATE);
    const stamp = await propose('stamp', {
      [TEMPLATE]: text.replace('1.1.0', '1.2.0'),
    });
    expect(await reach(stamp)).toMatchObject({ unchanged: 2, reached: 0 });

    const asks = await propose('asks', {
      [TEMPLATE]: text.replace(
        '    - $yaml: ../_parts/name.yaml\n',
        `    - $yaml: ../_parts/name.yaml
    - required: [heat]
      properties:
        heat: { type: string, title: How hot }
`,
      ),
    });
    const blocked = await reach(asks);
    expect(blocked).toMatchObject({ blocked: 2, files: [] });
    expect(blocked.items[0].why).toContain('How hot');

    const elsewhere = await propose('elsewhere', {
      [TEMPLATE]: text.replace('./skeleton', 'https://example.com/x'),
    });
    const { items } = await reach(elsewhere);
    expect(items[0].why).toContain('reads more than its own files');
  });

  it('is for who may see the template, and of services that they see', async () => {
    expect((await ask(1, null)).status).toBe(401);
    expect((await ask(1, 'user:default/stranger')).status).toBe(403);
    expect((await ask(1, VISITOR)).status).toBe(404);
    expect((await ask(1, DEVELOPER)).status).toBe(200);
    expect((await ask(999)).status).toBe(404);
    for (const wrong of [{ pullRequest: 0 }, { limit: 51 }, { ref: 'main' }]) {
      expect((await ask(1, PLATFORM, wrong)).status).toBe(400);
    }
    const { state } = kitchen.portal;
    state.visitorSees = state.entities.filter(
      ({ kind }) => kind === 'Template',
    );
    const { body } = await ask(1, VISITOR);
    expect(body).toMatchObject({ services: 0, items: [] });
  });

  it('looks at a sample that is spread over all', () => {
    expect(spread([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([1, 3, 5]);
    expect(spread([1, 2], 3)).toEqual([1, 2]);
  });
});
