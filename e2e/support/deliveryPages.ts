import { expect, Locator, Page } from '@playwright/test';

/** As the cards of the five are called. */
export const FREQUENCY = 'Deployment frequency';
export const LEAD_TIME = 'Change lead time';
export const FAIL_RATE = 'Change fail rate';
export const RECOVERY = 'Failed deployment recovery time';
export const REWORK = 'Deployment rework rate';
export const FIVE = [FREQUENCY, LEAD_TIME, FAIL_RATE, RECOVERY, REWORK];

/** A part of the page by its title. */
export const card = (page: Page, name: string) =>
  page.getByRole('region', { name });
/** What the values were made of. */
export const events = (page: Page) => card(page, 'Events behind the numbers');

/** Follows a link out of the portal; what is there must say it. */
export async function expectThere(page: Page, link: Locator, words: string) {
  const href = (await link.getAttribute('href'))!;
  const response = await page.request.get(href);
  expect(response.status(), href).toBe(200);
  expect(await response.text(), href).toContain(words);
}

/** Opens a value of the tab; the rows that it was made of. */
export async function open(page: Page, metric: string): Promise<Locator> {
  const value = card(page, metric).getByRole('link').first();
  await value.press('Enter');
  await expect(page).toHaveURL(/counted=[a-z-]+.*#events$/);
  await expect(
    events(page).getByText(/^[\d,]+ of [\d,]+, latest/),
  ).toBeVisible();
  await expect(events(page)).toBeInViewport();
  return events(page)
    .getByRole('row')
    .filter({ hasNot: page.locator('th') });
}
