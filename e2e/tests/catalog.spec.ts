import { expectAccessible } from '../support/axe';
import { enterAs, expect, forgeUrl, test } from '../support/portal';

test('the sign-in page offers the sample people', async ({ page }) => {
  await page.goto('/');

  for (const name of [
    'Maya Okafor',
    'Jonas Lind',
    'Priya Raman',
    'Elena Rossi',
  ]) {
    await expect(page.getByText(`Enter as ${name}`)).toBeVisible();
  }
  await expectAccessible(page);
});

test('the home page shows what is mine and where to begin', async ({
  page,
}) => {
  await enterAs(page, 'Maya Okafor');

  await expect(
    page.getByRole('heading', { name: 'Hello, Maya' }),
  ).toBeVisible();
  await expect(
    page.getByRole('link', { name: 'Checkout service', exact: true }),
  ).toBeVisible();
  await expect(page.getByText('Node.js API').first()).toBeVisible();
  await expect(page.getByText('#platform-engineering')).toBeVisible();
  await expectAccessible(page);
});

test('the catalog lists my components, can be filtered and searched', async ({
  page,
}) => {
  await enterAs(page, 'Priya Raman', '/catalog');

  await expect(page.getByRole('link', { name: /Route planner/ })).toBeVisible();
  await expect(
    page.getByRole('link', { name: 'Checkout service' }),
  ).toHaveCount(0);

  await page.getByText('All', { exact: true }).click();
  await expect(
    page.getByRole('heading', { name: /All Components \(\d+\)/ }).first(),
  ).toBeVisible();
  await page.getByPlaceholder('Search').fill('checkout');
  await expect(
    page.getByRole('link', { name: 'Checkout service' }),
  ).toBeVisible();
  await expect(page.getByRole('link', { name: /Route planner/ })).toHaveCount(
    0,
  );
  await expectAccessible(page);
});

test('a service leads with what one needs on call', async ({ page }) => {
  await enterAs(
    page,
    'Priya Raman',
    '/catalog/default/component/checkout-service',
  );

  await expect(
    page.getByRole('heading', { name: 'Checkout service' }),
  ).toBeVisible();
  await expect(page.getByRole('heading', { name: 'On call' })).toBeVisible();
  await expect(
    page.getByRole('link', { name: '#checkout' }).first(),
  ).toBeVisible();
  await expect(
    page.getByRole('link', { name: 'tidewater/checkout-service' }),
  ).toHaveAttribute('href', `${forgeUrl}/tidewater/checkout-service`);
  await expect(
    page.getByRole('heading', { name: 'Dependencies' }),
  ).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Runbook' }).first().click();
  await expect(page.locator('h1', { hasText: 'Runbook' })).toBeVisible();
});

test('docs are visible, with their diagrams drawn', async ({ page }) => {
  await enterAs(
    page,
    'Maya Okafor',
    '/docs/default/component/checkout-service/architecture',
  );

  await expect(page.locator('h1', { hasText: 'Architecture' })).toBeVisible();
  await expect(
    page.locator('svg[id^="waymark-diagram"]').first(),
  ).toBeVisible();
  await expectAccessible(page);
});

test('search finds services and the text of their docs', async ({ page }) => {
  test.setTimeout(300_000);
  // What was just started is indexed within a minute or two.
  const search = (term: string, result: RegExp) =>
    expect(async () => {
      await page.goto(`/search?query=${term}`);
      await expect(
        page.getByRole('link', { name: result }).first(),
      ).toBeVisible({ timeout: 4_000 });
    }).toPass({ timeout: 240_000 });

  await enterAs(page, 'Maya Okafor');
  await search('checkout', /Checkout service/);
  await expectAccessible(page);
  await search('idempotency', /Architecture|Runbook|API/);
});

test('the graph shows what a service depends on', async ({ page }) => {
  await enterAs(
    page,
    'Maya Okafor',
    '/catalog-graph?rootEntityRefs[]=component:default/checkout-service',
  );

  await expect(page.getByText('Payments API').first()).toBeVisible();
  await expectAccessible(page);
});
