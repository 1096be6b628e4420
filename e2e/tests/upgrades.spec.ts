import { expectAccessible } from '../support/axe';
import { PortalClient } from '../support/faults/client';
import { api, Clone, OWNER } from '../support/faults/forge';
import { shared } from '../support/faults/place';
import { enterAs, expect, test } from '../support/portal';

const TEMPLATE = 'templates/node-api/template.yaml';
const README = 'templates/node-api/skeleton/README.md.njk';
const VERSION = /(backstage\.io\/template-version: )(\S+)/;
const BY_PLATFORM = 'The golden path says more here.';
const BY_OWNERS = 'The owners say more here.';

test('a service that its owners have edited is brought to the newest version', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const name = `tariffs-${Date.now().toString(36)}`;
  const maya = await PortalClient.as('maya.okafor');
  const { status } = await maya.send('POST', '/api/scaffolder/v2/tasks', {
    body: {
      templateRef: 'template:default/node-api',
      values: {
        name,
        description: 'Only to be upgraded',
        owner: 'group:default/checkout',
      },
    },
  });
  expect(status).toBe(201);
  const provenance = `/api/golden-paths/provenance/component/default/${name}`;
  const stated = async () => (await maya.get(provenance)).json().stated;
  await expect
    .poll(async () => (await stated())?.standing, { timeout: 120_000 })
    .toBe('current');

  const service = await Clone.of(name);
  const platform = await Clone.of('platform');
  const before = {
    template: platform.read(TEMPLATE),
    readme: platform.read(README),
  };
  const version = VERSION.exec(before.template)![2];
  const next = version.replace(/\d+$/, patch => String(Number(patch) + 1));
  try {
    await service.push({
      'README.md': `${service.read('README.md')}\n${BY_OWNERS}\n`,
    });
    await platform.push(
      {
        [TEMPLATE]: before.template.replace(VERSION, `$1${next}`),
        [README]: before.readme.replace('\n', `\n\n${BY_PLATFORM}\n`),
      },
      `Node.js API ${next}`,
    );
    await expect
      .poll(async () => (await stated()).newest, { timeout: 60_000 })
      .toBe(next);

    await enterAs(page, 'Maya Okafor', `/catalog/default/component/${name}`);
    const origin = page.getByRole('region', { name: 'Golden path' });
    await expect(origin.getByText(/behind/)).toBeVisible();
    await origin.getByRole('button', { name: 'Upgrade' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('Everything can be merged')).toBeVisible({
      timeout: 60_000,
    });
    await expect(dialog.getByText('README.md')).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Create pull request' }).click();
    const link = dialog.getByRole('link', { name: 'Look at the pull request' });
    await expect(link).toBeVisible({ timeout: 60_000 });
    const [, number] = /\/pull\/(\d+)$/.exec(
      (await link.getAttribute('href'))!,
    )!;
    await page.keyboard.press('Escape');
    await expect(
      origin.getByRole('link', { name: `Pull request #${number}` }),
    ).toBeVisible();

    const repository = `/repos/${OWNER}/${name}`;
    const pull = await api(shared, 'GET', `${repository}/pulls/${number}`);
    expect(pull.mergeable).not.toBe(false);
    await api(shared, 'PUT', `${repository}/pulls/${number}/merge`, {});
    await expect(origin.getByText(/up to date/)).toBeVisible({
      timeout: 60_000,
    });
    const merged = await Clone.of(name);
    const text = merged.read('README.md');
    merged.remove();
    expect(text).toContain(BY_OWNERS);
    expect(text).toContain(BY_PLATFORM);
  } finally {
    await platform.push(
      { [TEMPLATE]: before.template, [README]: before.readme },
      `Node.js API ${version} again`,
    );
    service.remove();
    platform.remove();
  }
});
