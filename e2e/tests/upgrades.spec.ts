import { expectAccessible } from '../support/axe';
import { PortalClient } from '../support/faults/client';
import { Clone } from '../support/faults/forge';
import { shared } from '../support/faults/place';
import { moveTemplate } from '../support/moveTemplate';
import { enterAs, expect, test } from '../support/portal';
import { approveAndMerge, editByPullRequest } from '../support/review';

const BY_OWNERS = 'The owners say more here.';

test('a service that its owners have edited is brought to the newest version', async ({
  page,
  context,
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

  const forge = await context.newPage();
  await editByPullRequest(forge, name, 'README.md', BY_OWNERS);
  const moved = await moveTemplate(shared);
  try {
    await expect
      .poll(async () => (await stated()).newest, { timeout: 60_000 })
      .toBe(moved.version);

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

    await approveAndMerge(forge, name, Number(number));
    await expect(origin.getByText(/up to date/)).toBeVisible({
      timeout: 60_000,
    });
    const merged = await Clone.of(name);
    const text = merged.read('README.md');
    merged.remove();
    expect(text).toContain(BY_OWNERS);
    expect(text).toContain(moved.line);
  } finally {
    await moved.back();
  }
});
