import { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { PortalClient } from '../support/faults/client';
import { OWNER } from '../support/faults/forge';
import { enterAs, expect, forgeUrl, test } from '../support/portal';

const DESCRIPTION = 'Prices a "delivery" <b>before</b> it is ordered';

/** Answers the form of a golden path, up to its last page. */
async function answer(page: Page, path: string, name: string) {
  await enterAs(page, 'Maya Okafor', `/create/templates/default/${path}`);
  await page.getByLabel(/^Name/).fill(name);
  await expect(page.getByText(/is free/)).toBeVisible();
  await page.getByLabel(/^Description/).fill(DESCRIPTION);
  await page
    .getByLabel(/^Owner/)
    .first()
    .click();
  await page.getByRole('option', { name: 'Checkout', exact: true }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByLabel(/^Replicas/)).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).click();
}

const button = (page: Page) =>
  page.getByRole('button', { name: 'Preview files' });

/** Opens the preview and waits for its files. */
async function preview(page: Page): Promise<Locator> {
  await button(page).click();
  const dialog = page.getByRole('dialog', { name: 'Files that will be made' });
  await expect(dialog.getByRole('treegrid', { name: 'Files' })).toBeVisible({
    timeout: 30_000,
  });
  return dialog;
}

/** The paths that a search in the preview finds, folders included. */
async function find(dialog: Locator, text: string) {
  await dialog.getByRole('searchbox', { name: 'Search files' }).fill(text);
  return dialog.getByRole('row').allTextContents();
}

test('the files of a golden path are read before anything is made', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const name = `seen-first-${Date.now().toString(36)}`;
  await answer(page, 'go-grpc-service', name);

  let dialog = await preview(page);
  await expect(dialog.getByRole('region', { name: 'README.md' })).toContainText(
    name,
  );
  await expectAccessible(page);

  expect(await find(dialog, 'catalog-info')).toEqual(['catalog-info.yaml']);
  await dialog.getByRole('row', { name: 'catalog-info.yaml' }).click();
  const entity = dialog.getByRole('region', { name: 'catalog-info.yaml' });
  await expect(entity).toContainText(name);
  await expect(entity).toContainText('group:default/checkout');
  await expect(entity).toContainText('Prices a \\"delivery\\" <b>before</b>');

  expect(await find(dialog, 'migrations')).not.toEqual([]);
  expect(await find(dialog, 'no such file')).toEqual([]);
  await expect(dialog.getByText(/No file has .*no such file/)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('radio', { name: 'No' }).check();
  await page.getByRole('button', { name: 'Next' }).click();
  dialog = await preview(page);
  expect(await find(dialog, 'migrations')).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');

  const jonas = await PortalClient.as('jonas.lind');
  const tasks = await jonas.get('/api/scaffolder/v2/tasks');
  expect(tasks.status).toBe(200);
  expect(tasks.text).not.toContain(name);
  const repository = await fetch(`${forgeUrl}/${OWNER}/${name}`);
  expect(repository.status).toBe(404);
});

test('an answer that is not taken is named', async ({ page }) => {
  await answer(page, 'python-fastapi', `named-${Date.now().toString(36)}`);
  // The form takes no such answer either; the backend gets it all the same.
  await page.route('**/api/golden-paths/preview', route => {
    const { templateRef, values } = route.request().postDataJSON();
    return route.continue({
      postData: { templateRef, values: { ...values, name: 'Not a Name' } },
    });
  });
  await button(page).click();

  const dialog = page.getByRole('dialog');
  await expect(
    dialog.getByText('Nothing can be made of these answers yet'),
  ).toBeVisible();
  await expect(dialog.getByText('Name:')).toBeVisible();
  await expect(
    dialog.getByText(/small letters, digits and single dashes/),
  ).toBeVisible();
  await expectAccessible(page);
});

test('the preview is used by keyboard alone', async ({ page }) => {
  const name = `keys-${Date.now().toString(36)}`;
  await answer(page, 'python-fastapi', name);
  await button(page).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  const tree = dialog.getByRole('treegrid', { name: 'Files' });
  await expect(tree).toBeVisible({ timeout: 30_000 });

  const search = dialog.getByRole('searchbox');
  await tabTo(page, search);
  await page.keyboard.type('slo.yaml');
  await expect(dialog.getByText(/^1 of \d+ files$/)).toBeVisible();
  const file = dialog.getByRole('row', { name: 'slo.yaml' });
  await tabTo(page, tree.getByRole('row').first());
  await page.keyboard.press('ArrowDown');
  await expect(file).toBeFocused();
  await page.keyboard.press('Enter');
  const shown = dialog.getByRole('region', { name: 'slo/slo.yaml' });
  await expect(shown).toContainText(name);
  // What is too long for the page is scrolled by keyboard too.
  await tabTo(page, shown.locator('pre'));

  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(button(page)).toBeFocused();
});

test('the preview fits a phone', async ({ page }) => {
  await answer(page, 'python-fastapi', `phone-${Date.now().toString(36)}`);
  await page.setViewportSize({ width: 390, height: 844 });
  const dialog = await preview(page);
  const file = dialog.getByRole('region', { name: 'Makefile' });
  await expect(file).toBeHidden();
  await dialog.getByRole('row', { name: 'Makefile' }).click();
  await expect(file).toBeVisible();
  await expect(dialog.getByRole('treegrid')).toBeHidden();
  for (const part of [dialog, file]) {
    const { x, width } = (await part.boundingBox())!;
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(390);
  }
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'All files' }).click();
  await expect(dialog.getByRole('treegrid')).toBeVisible();
});

/** Presses Tab until the element has the focus, as one without a mouse does. */
async function tabTo(page: Page, target: Locator) {
  for (let presses = 0; presses < 12; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate(node => node === document.activeElement)) return;
  }
  await expect(target).toBeFocused();
}
