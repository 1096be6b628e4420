import { expectAccessible } from '../support/axe';
import { PortalClient } from '../support/faults/client';
import { api, Clone, OWNER } from '../support/faults/forge';
import { shared } from '../support/faults/place';
import { enterAs, expect, test } from '../support/portal';

const RECORD = '.waymark/scaffold.yaml';
const STATED =
  / +(backstage\.io\/template-version|waymark\.dev\/template|scaffoldedFrom):.*\n/g;
const BY_OWNERS = 'The owners say more here.';

test('a service that nobody remembers the making of is put on its golden path', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const name = `surcharges-${Date.now().toString(36)}`;
  const maya = await PortalClient.as('maya.okafor');
  const values = {
    name,
    description: 'Only to be adopted',
    owner: 'group:default/checkout',
    replicas: 4,
    memory: '512Mi',
    database: false,
    tier: 'low',
  };
  const preview = await maya.send('POST', '/api/golden-paths/preview', {
    body: { templateRef: 'template:default/node-api', values },
  });
  const files: { path: string; content?: string }[] = preview.json().files;
  const made = Object.fromEntries(
    files
      .filter(({ path }) => path !== RECORD)
      .map(({ path, content = '' }) => [path, content]),
  );
  const service = await Clone.create(name);
  try {
    await service.push({
      ...made,
      'catalog-info.yaml': made['catalog-info.yaml'].replace(STATED, ''),
      'README.md': `${made['README.md']}\n${BY_OWNERS}\n`,
      'src/logger.ts': '// Ours.\nexport const logger = console;\n',
    });
    const provenance = `/api/golden-paths/provenance/component/default/${name}`;
    await expect
      .poll(async () => (await maya.get(provenance)).status, {
        timeout: 150_000,
      })
      .toBe(200);
    expect((await maya.get(provenance)).json()).toMatchObject({
      stated: null,
      creation: null,
    });

    await enterAs(page, 'Maya Okafor', `/catalog/default/component/${name}`);
    const origin = page.getByRole('region', { name: 'Golden path' });
    await expect(
      origin.getByText('Made by hand, or before golden paths'),
    ).toBeVisible();
    await origin.getByRole('button', { name: 'Adopt a golden path' }).click();
    const dialog = page.getByRole('dialog');
    await expect(
      dialog.getByText(/It is almost certainly Node\.js API/),
    ).toBeVisible({ timeout: 120_000 });
    await expect(dialog.getByLabel(/Replicas/)).toHaveValue('4');
    await expect(dialog.getByText(RECORD)).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Create pull request' }).click();
    const link = dialog.getByRole('link', { name: 'Look at the pull request' });
    await expect(link).toBeVisible({ timeout: 60_000 });
    const address = await link.getAttribute('href');
    const [, number] = /\/pull\/(\d+)$/.exec(address ?? '') ?? [];
    await page.keyboard.press('Escape');
    await expect(
      origin.getByRole('link', { name: `Pull request #${number}` }),
    ).toBeVisible();

    const pulls = `/repos/${OWNER}/${name}/pulls/${number}`;
    await api(shared, 'PUT', `${pulls}/merge`, {});
    await expect(origin.getByText(/^Adopted .*up to date/)).toBeVisible({
      timeout: 90_000,
    });
    expect((await maya.get(provenance)).json().stated).toMatchObject({
      templateRef: 'template:default/node-api',
      adopted: true,
      standing: 'current',
    });
    const upgrade = await maya.send(
      'POST',
      '/api/golden-paths/upgrades/preview',
      { body: { entityRef: `component:default/${name}` } },
    );
    expect(upgrade.json()).toMatchObject({ result: 'up-to-date' });
    const merged = await Clone.of(name);
    const [record, readme] = [merged.read(RECORD), merged.read('README.md')];
    merged.remove();
    expect(record).toContain('replicas: 4');
    expect(record).toContain('database: false');
    expect(record).toContain('tier: "low"');
    expect(readme).toContain(BY_OWNERS);
  } finally {
    service.remove();
  }
});
