import { expectAccessible } from '../support/axe';
import { PortalClient } from '../support/faults/client';
import { enterAs, expect, test } from '../support/portal';

test('what a golden path made is counted, and the service says what made it', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const name = `rates-${Date.now().toString(36)}`;
  const maya = await PortalClient.as('maya.okafor');
  const { status } = await maya.send('POST', '/api/scaffolder/v2/tasks', {
    body: {
      templateRef: 'template:default/node-api',
      values: {
        name,
        description: 'Only to be counted',
        owner: 'group:default/checkout',
      },
    },
  });
  expect(status).toBe(201);

  const provenance = `/api/golden-paths/provenance/component/default/${name}`;
  await expect
    .poll(async () => (await maya.get(provenance)).json().creation?.outcome, {
      timeout: 120_000,
    })
    .toBe('succeeded');

  await enterAs(page, 'Maya Okafor', `/catalog/default/component/${name}`);
  const origin = page.getByRole('region', { name: 'Golden path' });
  await expect(origin.getByText(/up to date/)).toBeVisible();
  await expect(origin.getByText(/^Created on/)).toBeVisible();
  await expect(origin.getByRole('link', { name: 'Node.js API' })).toBeVisible();

  await page.goto('/golden-paths');
  const fresh = page.getByRole('region', {
    name: 'New services on a golden path',
  });
  await expect(fresh.getByText(/of \d+ services?, target/)).toBeVisible();
  await expect(
    page.getByRole('region', { name: 'What became of them' }),
  ).toContainText(/\d+ creations? started/);
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Templates', exact: true }).click();
  const node = page.getByRole('region', { name: 'Node.js API' });
  await expect(node.getByText('Usual duration, with the wait')).toBeVisible();
  await expect(node.getByText(/of \d+ that ended/)).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Drift', exact: true }).click();
  await expect(page.getByRole('link', { name })).toBeVisible({
    timeout: 40_000,
  });
  await expectAccessible(page);

  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ['adoption', 'templates', 'drift']) {
    await page.goto(`/golden-paths/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const wide = await page.evaluate(
      () =>
        document.documentElement.scrollWidth >
        document.documentElement.clientWidth,
    );
    expect(wide, path).toBe(false);
  }
});
