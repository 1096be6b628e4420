import { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { PortalClient } from '../support/faults/client';
import { api, OWNER } from '../support/faults/forge';
import { shared } from '../support/faults/place';
import { enterAs, expect, test } from '../support/portal';

const NAME = 'legacy-cart';
const REF = `component:default/${NAME}`;
const TAB = `/catalog/default/component/${NAME}/compliance`;
const REPOSITORY = `/repos/${OWNER}/${NAME}`;

/** Adds one file, which is taken away again; and one to be exempt from. */
const MENDED = 'dependency-updates';
const MENDED_TITLE = 'Dependencies are renewed by themselves';
const EXEMPT = 'documentation';
const EXEMPT_TITLE = 'It has documentation in the portal';
const ADDED_FILE = 'renovate.json';

const region = (page: Page, name: string) => page.getByRole('region', { name });
/** What stands under a rule, and the button that unfolds it. */
const ruleOf = (page: Page, id: string) => page.locator(`[id="${id}"]`);
const verdict = (page: Page, id: string) =>
  ruleOf(page, id).getByRole('heading').getByRole('button').first();

/** Points that passed, and that counted, as the page says. */
async function points(page: Page): Promise<number[]> {
  const row = region(page, 'Score').getByRole('row', { name: /^Together/ });
  return (await row.innerText()).match(/\d+/g)!.slice(0, 2).map(Number);
}

/** Takes back what this file does, so that it and others can run again. */
async function restore() {
  const forge = <T = any>(method: string, path: string, body?: object) =>
    api<T>(shared, method, `${REPOSITORY}${path}`, body);
  for (const { number, head } of await forge('GET', '/pulls?state=open')) {
    if (head.ref !== `waymark/${MENDED}`) continue;
    await forge('PATCH', `/pulls/${number}`, { state: 'closed' });
  }
  const files: { name: string; sha: string }[] = await forge(
    'GET',
    '/contents/',
  );
  const added = files.find(({ name }) => name === ADDED_FILE);
  if (added) {
    const message = `Take away ${ADDED_FILE}`;
    await forge('DELETE', `/contents/${ADDED_FILE}`, {
      message,
      sha: added.sha,
    });
  }
  const jonas = await PortalClient.as('jonas.lind');
  const path = '/api/compliance/exemptions';
  const { items } = (await jonas.get(`${path}?entityRef=${REF}`)).json();
  for (const { id, state } of items) {
    const decision = { requested: 'deny', approved: 'end' }[state as string];
    const comment = 'The test is over';
    if (decision)
      await jonas.post(`${path}/${id}/decision`, { decision, comment });
  }
}

test.beforeAll(restore);
test.afterAll(restore);

/** Enters, and waits until both rules fail. */
async function openTab(page: Page, person: string, rule: string) {
  await enterAs(page, person, `${TAB}#${rule}`);
  for (const id of [MENDED, EXEMPT]) {
    await expect(verdict(page, id)).toHaveAccessibleName(/Fails$/, {
      timeout: 90_000,
    });
  }
}

test('the change of a pull request is read on a phone', async ({ page }) => {
  test.setTimeout(150_000);
  await page.setViewportSize({ width: 390, height: 844 });
  await openTab(page, 'Maya Okafor', EXEMPT);
  await ruleOf(page, EXEMPT)
    .getByRole('button', { name: `Open a pull request: ${EXEMPT_TITLE}` })
    .click();
  const dialog = page.getByRole('dialog', { name: /^Pull request/ });
  const changed = dialog.getByRole('group', { name: /^catalog-info\.yaml/ });
  await expect(changed.getByText('techdocs-ref')).toBeVisible();
  await expect(
    dialog.getByRole('group', { name: /^mkdocs\.yml new file/ }),
  ).toBeVisible();
  expect(
    await dialog.evaluate(box => box.scrollWidth - box.clientWidth),
  ).toBeLessThanOrEqual(0);
  await expectAccessible(page);

  // The lines are reached and left by keyboard, and so is the dialog.
  await changed.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(
    page
      .getByRole('button', { name: /^Open a pull request/ })
      .and(page.locator(':focus')),
  ).toHaveCount(1);
});

test('an owner asks for leave, mends a rule, and sees the score move', async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  await openTab(page, 'Maya Okafor', EXEMPT);
  const before = await points(page);
  const documentation = ruleOf(page, EXEMPT);
  await expect(documentation.getByText('How to fix it')).toBeVisible();
  await documentation
    .getByRole('button', { name: 'Ask for an exemption' })
    .click();
  const asking = page.getByRole('dialog', { name: 'Ask for an exemption' });
  await asking
    .getByRole('textbox', { name: 'Reason' })
    .fill('It is switched off in spring, and nobody reads about it.');
  await asking.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(asking).toHaveCount(0);

  const context = await browser.newContext();
  const inbox = await context.newPage();
  await enterAs(inbox, 'Jonas Lind', '/compliance/exemptions');
  await region(inbox, 'Asked for')
    .getByRole('listitem')
    .filter({ hasText: EXEMPT_TITLE })
    .getByRole('button', { name: 'Approve' })
    .click();
  await inbox
    .getByRole('dialog')
    .getByRole('button', { name: 'Approve' })
    .click();
  await expect(verdict(page, EXEMPT)).toHaveAccessibleName(/Exempt$/, {
    timeout: 30_000,
  });
  const exempt = await points(page);
  expect(exempt[0]).toBe(before[0]);
  expect(exempt[1]).toBeLessThan(before[1]);
  await context.close();

  const mended = verdict(page, MENDED);
  await mended.click();
  const updates = ruleOf(page, MENDED);
  await updates
    .getByRole('button', { name: `Open a pull request: ${MENDED_TITLE}` })
    .click();
  const dialog = page.getByRole('dialog', { name: /^Pull request/ });
  await expect(dialog.getByText('The rule will pass')).toBeVisible();
  await expect(
    dialog.getByRole('group', { name: /^renovate\.json new file/ }),
  ).toContainText('docs.renovatebot.com');
  await dialog.getByRole('button', { name: 'Create pull request' }).click();
  const link = dialog.getByRole('link', { name: 'Look at the pull request' });
  await expect(link).toBeFocused();
  // The button that waited was announced, and is gone.
  await expectAccessible(page, ['[data-live-announcer]']);
  const address = (await link.getAttribute('href'))!;
  expect(address).toContain(`${shared.forgeUrl}/${OWNER}/${NAME}/pull/`);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(
    updates.getByRole('link', { name: /^Pull request #/ }),
  ).toHaveAttribute('href', address);

  // As on the page of the forge, by whoever reviews it.
  const number = address.split('/').pop();
  await api(shared, 'PUT', `${REPOSITORY}/pulls/${number}/merge`, {});
  await expect(
    page.getByText(`It passes now: ${MENDED_TITLE}`),
    'green within 10 seconds of the merge, by the webhook',
  ).toBeVisible({ timeout: 10_000 });
  await expect(mended).toHaveAccessibleName(/Passes$/);
  await expect(
    updates.getByRole('link', { name: /^Pull request #/ }),
  ).toHaveCount(0);
  const after = await points(page);
  expect(after[0]).toBeGreaterThan(exempt[0]);
  expect(after[1]).toBe(exempt[1]);
});
