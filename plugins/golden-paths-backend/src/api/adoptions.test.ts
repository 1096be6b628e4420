import { parseScaffoldRecord } from '@waymark/backstage-plugin-golden-paths-common';
import { Kitchen, startKitchen } from '../__testUtils__/kitchen';
import { DEVELOPER, PLATFORM, testDatabases } from '../__testUtils__/portal';

jest.setTimeout(120_000);
const open = testDatabases();
const OTHER = 'user:default/reader';
const KETTLE = 'template:default/kettle';
const RECORD = '.waymark/scaffold.yaml';

const catalogInfo = (name: string) => `# By hand.
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
spec:
  type: service # what else
`;
const readme = (name: string, lines: string[]) =>
  ['# ', name, '\n\n', lines.join('\n'), '\n'].join('');
const LINES = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth'];

describe('adoptions of golden paths', () => {
  let kitchen: Kitchen;
  let first: string;
  const ask = (path: string, body: object, who: string | null = DEVELOPER) =>
    kitchen.portal.post(`/adoptions${path}`, who).send(body);
  const like = (name: string, lines = LINES) =>
    kitchen.byHand(name, {
      'README.md': readme(name, lines),
      'catalog-info.yaml': catalogInfo(name),
      'own.txt': 'Own work\n',
    });
  const pulls = (name: string) =>
    kitchen.api('GET', `/${name}/pulls?state=all`);

  beforeAll(async () => {
    kitchen = await startKitchen(open);
    first = (await kitchen.api('GET', '/platform/commits/main')).sha;
    // The version first, so that what comes after belongs to it.
    const path = 'templates/kettle/template.yaml';
    const template = await kitchen.text('platform', path);
    await kitchen.write('platform', {
      [path]: template!.replace('1.0.0', '1.1.0'),
    });
    await kitchen.release(
      '1.1.0',
      { Fifth: 'Fifth, by the golden path' },
      { files: { 'templates/kettle/CHANGELOG.md': '## 1.1.0\n\n- Fifth.\n' } },
    );
  });
  afterAll(() => kitchen.stop());

  it('are shown with what tells of them, opened once, and can be upgraded', async () => {
    const entityRef = await like('basket');
    const preview = await ask('/preview', { entityRef });
    expect(preview.status).toBe(200);
    const [candidate] = preview.body.candidates;
    expect(candidate).toMatchObject({
      templateRef: KETTLE,
      version: '1.0.0',
      commit: first,
      newest: '1.1.0',
      confidence: 1,
      answers: [
        {
          name: 'name',
          value: 'basket',
          from: 'the catalog says so',
          told: true,
        },
      ],
    });
    expect(preview.body).toMatchObject({
      suggested: KETTLE,
      pullRequestUrl: null,
    });
    expect(
      preview.body.files.map(({ path }: { path: string }) => path),
    ).toEqual([RECORD, 'catalog-info.yaml']);
    expect(await pulls('basket')).toEqual([]);

    const { templateRef, version, commit } = candidate;
    const chosen = { templateRef, version, commit, inputs: { name: 'basket' } };
    const shown = await ask('/preview', { entityRef, chosen });
    expect(shown.body).toMatchObject({
      candidates: [],
      files: preview.body.files,
    });
    const opened = await ask('', { entityRef, ...chosen });
    expect(opened.body).toMatchObject({
      entityRef,
      templateRef,
      version,
      number: 1,
      state: 'open',
      requestedBy: DEVELOPER,
    });
    const again = await ask('', { entityRef, ...chosen }, PLATFORM);
    expect(again.body).toMatchObject({ number: 1 });
    expect(await pulls('basket')).toHaveLength(1);
    const list = await kitchen.portal.get(`/adoptions?entityRef=${entityRef}`);
    expect(list.body.items).toEqual([
      expect.objectContaining({ requestedBy: DEVELOPER, state: 'open' }),
    ]);

    await kitchen.end('basket', 1, 'merge');
    const ended = await kitchen.portal.get('/adoptions?state=merged');
    expect(ended.body.items).toHaveLength(1);
    const record = await kitchen.text('basket', RECORD);
    expect(parseScaffoldRecord(record!)).toMatchObject({
      template: { ref: KETTLE, version: '1.0.0', commit: first },
      inputs: { name: 'basket' },
    });
    expect(await kitchen.text('basket', 'catalog-info.yaml')).toBe(
      catalogInfo('basket')
        .replace(
          'spec:',
          `  annotations:
    backstage.io/template-version: 1.0.0
    waymark.dev/template: template:default/kettle
    waymark.dev/origin: adopted
spec:`,
        )
        .concat('  scaffoldedFrom: template:default/kettle\n'),
    );
    expect((await ask('/preview', { entityRef })).status).toBe(409);
    const upgrade = await kitchen.portal
      .post('/upgrades/preview', DEVELOPER)
      .send({ entityRef });
    expect(upgrade.body).toMatchObject({
      result: 'upgrade',
      from: '1.0.0',
      to: '1.1.0',
      conflicts: [],
    });
  });

  it('are not suggested for what looks like no golden path', async () => {
    const entityRef = await like('bespoke', ['Own', 'words', 'only']);
    const { body } = await ask('/preview', { entityRef });
    expect(body).toMatchObject({ suggested: null, files: [] });
    expect(body.candidates[0].confidence).toBeLessThan(0.3);
  });

  it('are for owners and the platform team, and for what they may see', async () => {
    const entityRef = await like('ledger');
    const chosen = {
      templateRef: KETTLE,
      version: '1.0.0',
      commit: first,
      inputs: { name: 'ledger' },
    };
    const body = { entityRef, ...chosen };
    const status = async (asked: object, who?: string | null, path = '') =>
      (await ask(path, asked, who)).status;
    expect(await status(body, OTHER)).toBe(403);
    expect(await status({ entityRef }, OTHER, '/preview')).toBe(403);
    expect(await status(body, null)).toBe(401);
    const nothing = 'component:default/nothing';
    expect(await status({ ...body, entityRef: nothing })).toBe(404);
    expect(await status({ entityRef })).toBe(400);
    expect(await status({ ...body, commit: 'main' })).toBe(400);
    expect(await status({ ...body, inputs: {} })).toBe(400);
    expect(await status({ ...body, templateRef: 'template:default/no' })).toBe(
      404,
    );
    expect(await status({ ...body, version: '1.1.0' })).toBe(409);
    expect(await status({ ...body, commit: 'b'.repeat(40) })).toBe(409);
    expect(await pulls('ledger')).toEqual([]);
  });

  it('say why there can be none', async () => {
    const made = await kitchen.make('shop');
    const shop = await ask('/preview', { entityRef: made });
    expect(shop.body.error.message).toContain('so upgrade it');
    const entityRef = await kitchen.byHand('attic', { 'README.md': '# x\n' });
    const attic = await ask('', {
      entityRef,
      templateRef: KETTLE,
      version: '1.0.0',
      commit: first,
      inputs: { name: 'attic' },
    });
    expect(attic.status).toBe(409);
    expect(attic.body.error.message).toContain('does not describe it');
  });
});
