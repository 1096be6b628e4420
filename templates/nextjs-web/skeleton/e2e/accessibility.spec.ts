import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, FAILED, test } from './test.ts';

const PAGES = [
  ['the start', '/'],
  ['a wrong number', '/?number=12'],
  ['a parcel', '/parcels/TW482915370DE'],
  ['a delayed parcel', '/parcels/TW100200305PT'],
  ['an unknown parcel', '/parcels/RR123456785DE'],
  ['an unknown page', '/no/such/page'],
] as const;

async function expectNoBarrier(page: Page) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    expect(violations).toEqual([]);
  }
}

for (const [name, path] of PAGES) {
  test(`${name} has no barrier, light and dark`, async ({
    page,
    expectComplaints,
  }) => {
    // The browser reports that an unknown page answered 404.
    expectComplaints(/status of 404/);
    await page.goto(path);
    await expectNoBarrier(page);
  });
}

test('a page that failed has no barrier, light and dark', async ({
  page,
  cutOff,
  expectComplaints,
}) => {
  expectComplaints(FAILED);
  await page.goto(`${cutOff.url}/parcels/TW482915370DE`);
  await expect(
    page.getByRole('heading', { name: 'This did not work' }),
  ).toBeVisible();
  await expectNoBarrier(page);
});

test('nothing is cut off on a narrow screen', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of ['/', '/parcels/TW482915370DE']) {
    await page.goto(path);
    const width = await page.evaluate(() => document.body.scrollWidth);
    expect(width).toBeLessThanOrEqual(320);
  }
});

test('the keyboard reaches everything, the content first', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  await expect(page.getByText('Skip to content')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Parcel number')).toBeFocused();
});
