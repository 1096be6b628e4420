import { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { enterAs, expect, test } from '../support/portal';

const TAB = '/catalog/default/component/basket-service/compliance';
const RULE = 'Decisions are written down';

const region = (page: Page, name: string) => page.getByRole('region', { name });

/** A day of the next month, typed into the parts of the field. */
async function typeDeadline(page: Page) {
  const now = new Date();
  const next = new Date(Date.UTC(now.getFullYear(), now.getMonth() + 1, 15));
  for (const [name, value] of [
    [/^month/, next.getUTCMonth() + 1],
    [/^day/, next.getUTCDate()],
    [/^year/, next.getUTCFullYear()],
  ] as const) {
    await page.getByRole('spinbutton', { name }).click();
    await page.keyboard.type(String(value));
  }
}

/** Where the page before was read aloud: it names what has gone with it. */
const READ_ALOUD = ['[data-live-announcer]'];

async function confirm(page: Page, button: string, verb = button) {
  await page.getByRole('button', { name: button, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await expectAccessible(page, READ_ALOUD);
  await dialog.getByRole('button', { name: verb, exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

/** Reads anew until it is there. */
async function waitOn(page: Page, shown: Locator) {
  await expect(async () => {
    await page.reload();
    await expect(shown).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 90_000 });
}

test('a campaign reaches the owners of a component, and ends', async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  const title = `Decisions on paper ${Date.now()}`;
  // Only who has components that were found can be asked.
  await enterAs(page, 'Jonas Lind', '/compliance/overview');
  await waitOn(
    page,
    region(page, 'By team or system')
      .getByRole('row', { name: /^Checkout/ })
      .getByText('5 components'),
  );
  await page.goto('/compliance/campaigns');
  await page.getByRole('link', { name: 'New campaign' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill(title);
  await typeDeadline(page);
  await page.getByRole('searchbox', { name: 'Find rules' }).fill(RULE);
  // The box itself is drawn by its label.
  await region(page, 'What it asks').getByText(RULE).first().click();
  await page.getByRole('button', { name: /Owners/ }).click();
  await page.getByRole('option', { name: 'Checkout' }).click();
  await page.keyboard.press('Escape');
  const reached = region(page, 'Whom it reaches now').getByRole('row');
  await expect(reached).toHaveCount(2);
  await expect(reached.filter({ hasText: 'Checkout' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save draft' }).click();

  const about = region(page, title);
  await expect(about.getByText('Draft', { exact: true })).toBeVisible();
  await confirm(page, 'Start');
  await expect(about.getByText('Running', { exact: true })).toBeVisible();
  await expect(
    page.getByRole('button', { name: 'Remind owners' }),
  ).toBeDisabled();
  await expect(
    region(page, 'How it goes').getByRole('img', { name: /^Checks done/ }),
  ).toBeVisible();
  await waitOn(
    page,
    region(page, 'What is left').getByRole('link', { name: 'Basket service' }),
  );
  await expectAccessible(page, READ_ALOUD);

  const context = await browser.newContext();
  const owner = await context.newPage();
  await enterAs(owner, 'Maya Okafor', TAB);
  const asked = region(owner, 'Campaigns').getByRole('link', { name: title });
  await waitOn(owner, asked);
  await expectAccessible(owner);
  await owner.goto('/notifications');
  const told = owner.getByText(`Campaign started: ${title}`).first();
  await waitOn(owner, told);

  await confirm(page, 'End', 'End campaign');
  await expect(about.getByText('Done', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Edit' })).toHaveCount(0);
  await owner.goto(TAB);
  await expect(region(owner, 'What to fix first')).toBeVisible();
  await expect(asked).toHaveCount(0);
  await context.close();
});

test('campaigns fit a phone, and a form is for those who run them', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await enterAs(page, 'Maya Okafor', '/compliance/campaigns/new');
  await expect(
    page.getByText('You may not make or change campaigns'),
  ).toBeVisible();
  await page.goto('/compliance/campaigns');
  await expect(page.locator('article').first()).toBeVisible();
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  await expectAccessible(page);
});
