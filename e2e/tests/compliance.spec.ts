import { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { enterAs, expect, test } from '../support/portal';

const TAB = '/catalog/default/component/basket-service/compliance';
const RULE = 'decision-records';
const TITLE = 'Decisions are written down';

const region = (page: Page, name: string) => page.getByRole('region', { name });

/** Enters, and waits until the first check of the component is done. */
async function openTab(page: Page, person: string, path = TAB) {
  await enterAs(page, person, path);
  await expect(region(page, 'What to fix first')).toBeVisible({
    timeout: 90_000,
  });
}

/** Points that passed, and that counted, as the page says. */
async function points(page: Page): Promise<number[]> {
  const row = region(page, 'Score').getByRole('row', { name: /^Together/ });
  return (await row.innerText()).match(/\d+/g)!.slice(0, 2).map(Number);
}

test('an owner reads why a rule fails, asks, and sees the score move', async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  await openTab(page, 'Maya Okafor', `${TAB}#${RULE}`);
  const before = await points(page);
  const docs = region(page, 'Ownership and docs');
  await expect(docs.getByText('How to fix it')).toBeVisible();
  await expectAccessible(page);

  await docs.getByRole('button', { name: 'Ask for an exemption' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask for an exemption' });
  await dialog
    .getByRole('textbox', { name: 'Reason' })
    .fill('The records of the old wiki are moved next month.');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(page.getByText(`Exemption asked for: ${TITLE}`)).toBeVisible();

  const context = await browser.newContext();
  const inbox = await context.newPage();
  await enterAs(inbox, 'Jonas Lind', '/compliance/exemptions');
  const asked = region(inbox, 'Asked for')
    .getByRole('listitem')
    .filter({ hasText: TITLE });
  await expect(asked.getByText(/^It would change the score/)).toBeVisible();
  await asked.getByRole('button', { name: 'Approve' }).click();
  await inbox
    .getByRole('dialog')
    .getByRole('button', { name: 'Approve' })
    .click();
  const holding = region(inbox, 'Holding')
    .getByRole('listitem')
    .filter({ hasText: TITLE });
  await expect(holding).toBeVisible();

  // The open page follows by itself: what is exempt counts no more.
  await expect(docs.getByText(/^Exempt up to and including/)).toBeVisible({
    timeout: 30_000,
  });
  expect(await points(page)).toEqual([before[0], before[1] - 1]);

  await holding.getByRole('button', { name: 'End it now' }).click();
  await inbox
    .getByRole('dialog')
    .getByRole('button', { name: 'End it now' })
    .click();
  await expect(
    region(inbox, 'Ended').getByText('Ended early').first(),
  ).toBeVisible();
  await context.close();
  await page.reload();
  await expect.poll(() => points(page)).toEqual(before);
});

test('a number of the heat map leads to the components behind it', async ({
  page,
}) => {
  await enterAs(page, 'Jonas Lind', '/compliance');
  const map = page.getByRole('grid', { name: 'Scores of teams' });
  const team = map.getByRole('row').filter({ hasText: 'Checkout' });
  await team.getByRole('link').last().click();
  await expect(page).toHaveURL(/owner=group%3Adefault%2Fcheckout&track=/);
  const list = region(page, 'Components');
  await expect(
    list.getByRole('link', { name: 'Basket service' }),
  ).toBeVisible();
  await expect(
    list.getByRole('link', { name: 'Payments service' }),
  ).toHaveCount(0);
  await expectAccessible(page);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(
    /^compliance-by-team-\d{4}-\d\d-\d\d\.csv$/,
  );
});

for (const path of [
  TAB,
  '/compliance/overview',
  '/compliance/rules',
  `/compliance/rules/${RULE}`,
  '/compliance/exemptions',
  '/compliance/health',
]) {
  test(`${path} fits a phone and has no barriers`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await enterAs(page, 'Jonas Lind', path);
    await expect(page.locator('article').first()).toBeVisible();
    await expect(page.getByRole('status')).toHaveCount(0);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await expectAccessible(page);
  });
}
