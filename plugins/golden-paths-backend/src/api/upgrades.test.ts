import { HOT, Kitchen, startKitchen } from '../__testUtils__/kitchen';
import { DEVELOPER, PLATFORM, testDatabases } from '../__testUtils__/portal';

jest.setTimeout(120_000);
const open = testDatabases();
const OTHER = 'user:default/reader';

describe('upgrades of services', () => {
  let kitchen: Kitchen;
  const ask = (
    path: string,
    entityRef: string,
    who: string | null = DEVELOPER,
    inputs?: object,
  ) =>
    kitchen.portal
      .post(`/upgrades${path}`, who)
      .send({ entityRef, ...(inputs && { inputs }) });
  const pulls = (name: string) =>
    kitchen.api('GET', `/${name}/pulls?state=all`);

  beforeAll(async () => {
    kitchen = await startKitchen(open);
  });
  afterAll(() => kitchen.stop());

  it('reach what owners have edited, as one pull request that is kept up to date', async () => {
    const ref = await kitchen.make('basket');
    expect((await ask('/preview', ref)).body).toMatchObject({
      result: 'up-to-date',
      from: '1.0.0',
      to: '1.0.0',
    });
    expect((await ask('', ref)).status).toBe(409);

    await kitchen.edit('basket', { Second: 'Second, by its owners' });
    await kitchen.release(
      '1.1.0',
      { Fifth: 'Fifth, by the golden path' },
      {
        files: {
          'templates/kettle/CHANGELOG.md': '## 1.1.0\n\n- A better fifth.\n',
          'templates/kettle/skeleton/whistle.txt': 'wheee\n',
        },
      },
    );
    const preview = await ask('/preview', ref);
    expect(preview.body).toMatchObject({
      result: 'upgrade',
      from: '1.0.0',
      to: '1.1.0',
      title: 'Upgrade Kettle from 1.0.0 to 1.1.0',
      description: expect.stringContaining('A better fifth.'),
      conflicts: [],
      pullRequestUrl: null,
    });
    expect(preview.body.changes).toEqual([
      { path: '.waymark/scaffold.yaml', kind: 'changed' },
      { path: 'README.md', kind: 'changed' },
      { path: 'whistle.txt', kind: 'added' },
    ]);
    expect(await pulls('basket')).toEqual([]);

    const opened = await ask('', ref);
    expect(opened.body).toMatchObject({
      number: 1,
      state: 'open',
      conflicts: 0,
    });
    expect(await kitchen.lines('basket', 'waymark/upgrade-basket')).toEqual(
      expect.arrayContaining([
        'Second, by its owners',
        'Fifth, by the golden path',
      ]),
    );
    const again = await ask('', ref, PLATFORM);
    expect(again.body).toMatchObject({ number: 1 });
    expect(await pulls('basket')).toHaveLength(1);

    // The owners go on, and so does what is offered to them.
    await kitchen.edit('basket', { Second: 'Second, once more' });
    expect((await ask('', ref)).body).toMatchObject({ number: 1 });
    expect(await kitchen.lines('basket', 'waymark/upgrade-basket')).toContain(
      'Second, once more',
    );
    const list = await kitchen.portal.get(`/upgrades?entityRef=${ref}`);
    expect(list.body.items).toEqual([
      expect.objectContaining({ requestedBy: DEVELOPER, state: 'open' }),
    ]);
  });

  it('say where both changed the same, and guess nothing', async () => {
    const ref = await kitchen.make('shop');
    await kitchen.edit('shop', { Fifth: 'Fifth, by its owners' });
    const opened = await ask('', ref);
    expect(opened.body).toMatchObject({ conflicts: 1 });
    const lines = await kitchen.lines('shop', 'waymark/upgrade-shop');
    expect(lines).toEqual(
      expect.arrayContaining([
        'Fifth, by its owners',
        'Fifth, by the golden path',
        expect.stringMatching(/^<{7} yours/),
      ]),
    );
  });

  it('leave alone what people have pushed to the branch', async () => {
    const ref = await kitchen.make('till');
    await ask('', ref);
    await kitchen.api('PUT', '/till/contents/NEWS.md', {
      message: 'By hand',
      branch: 'waymark/upgrade-till',
      content: Buffer.from('By hand\n').toString('base64'),
    });
    await kitchen.edit('till', { First: 'First, later' });
    expect((await ask('', ref)).body).toMatchObject({ number: 1 });
    expect(await kitchen.lines('till', 'waymark/upgrade-till')).not.toContain(
      'First, later',
    );
  });

  it('are for owners and the platform team, and for what they may see', async () => {
    const ref = await kitchen.make('ledger');
    expect((await ask('', ref, OTHER)).status).toBe(403);
    expect((await ask('/preview', ref, OTHER)).status).toBe(403);
    expect((await ask('', ref, null)).status).toBe(401);
    expect((await ask('', 'component:default/nothing')).status).toBe(404);
    expect((await ask('', 'template:default/kettle')).status).toBe(400);
    expect((await ask('', ref, DEVELOPER, { heat: 'high' })).status).toBe(400);
    expect(await pulls('ledger')).toEqual([]);
  });

  it('render nothing of a commit whose template is another', async () => {
    const later = await kitchen.write('platform', { 'NOTES.md': 'x\n' });
    const ref = await kitchen.make('drawer', { commit: later });
    const refused = await ask('', ref);
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain(
      'says 1.0.0, and the golden path was 1.1.0',
    );
  });

  it('ask first what only the new version asks', async () => {
    const ref = await kitchen.make('stove');
    await kitchen.release(...HOT);
    const preview = await ask('/preview', ref);
    expect(preview.body).toMatchObject({
      result: 'missing',
      missing: [{ name: 'heat', title: 'How hot', type: 'string' }],
    });
    expect((await ask('', ref)).body.error.message).toContain('How hot');
    const opened = await ask('', ref, DEVELOPER, { heat: 'high' });
    expect(opened.body).toMatchObject({ to: '2.0.0' });
    expect(await kitchen.lines('stove', 'waymark/upgrade-stove')).toContain(
      'Heat high',
    );
  });
});
