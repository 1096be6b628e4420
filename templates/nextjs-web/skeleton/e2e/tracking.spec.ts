import { expect, FAILED, test } from './test.ts';

const PARCEL = '/parcels/TW482915370DE';

test('finds a parcel by its number, as people type it', async ({ page }) => {
  await page.goto('/');
  await page.getByLabel('Parcel number').fill('tw 4829-1537 0 de');
  await page.getByRole('button', { name: 'Track' }).click();
  await expect(page).toHaveURL(PARCEL);
  await expect(
    page.getByRole('heading', { name: 'Out for delivery' }),
  ).toBeVisible();
  await expect(page).toHaveTitle('TW 4829 1537 0 DE · Parcel tracking');
  await expect(page.getByText('Handed over by the sender')).toBeVisible();
  await expect(page.locator('[aria-current=step]')).toHaveText(
    'Out for delivery',
  );
  await expect(page.getByText('Sample data')).toBeVisible();
});

test('says what is wrong with a number', async ({ page }) => {
  await page.goto('/');
  const input = page.getByLabel('Parcel number');
  await input.fill('TW482915379DE');
  await input.press('Enter');
  await expect(page.getByText('This is no parcel number')).toBeVisible();
  await expect(input).toHaveAttribute('aria-invalid', 'true');
  await expect(input).toHaveValue('TW482915379DE');
});

test('answers 404 for a parcel and a page there is not', async ({
  page,
  expectComplaints,
}) => {
  expectComplaints(/status of 404/);
  for (const [path, heading] of [
    ['/parcels/RR123456785DE', 'Parcel not found'],
    ['/parcels/nonsense', 'Parcel not found'],
    ['/no/such/page', 'Page not found'],
  ] as const) {
    const response = await page.goto(path);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole('heading', { name: heading })).toBeVisible();
    await expect(page).toHaveTitle(`${heading} · Parcel tracking`);
  }
});

test('works without scripts', async ({ browser, service }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(service.url);
  await page.getByLabel('Parcel number').fill('TW731040587NL');
  await page.getByRole('button', { name: 'Track' }).click();
  await expect(page.getByRole('heading', { name: 'Delivered' })).toBeVisible();
  await context.close();
});

test('says that parcels cannot be shown, and tries again', async ({
  page,
  cutOff,
  expectComplaints,
}) => {
  expectComplaints(FAILED);
  const response = await page.goto(`${cutOff.url}${PARCEL}`);
  expect(response?.status()).toBe(500);
  await expect(
    page.getByRole('heading', { name: 'This did not work' }),
  ).toBeVisible();
  await expect(page.getByText('Sample data')).toBeHidden();
  await page.getByRole('button', { name: 'Try again' }).click();
  const errors = () => cutOff.log().filter(({ level }) => level === 'error');
  await expect.poll(errors).toHaveLength(2);
  await expect(page.getByText('Reference for our support')).toBeVisible();

  // The reader sees a reference and the log has the reason.
  const shown = await page.content();
  expect(shown).not.toContain('ECONNREFUSED');
  expect(errors()[0]).toMatchObject({
    msg: 'request failed',
    level: 'error',
    route: '/parcels/[number]',
    request_id: expect.any(String),
    err: { type: 'ParcelsApiError' },
  });
});
