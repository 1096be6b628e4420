import { readFileSync } from 'node:fs';
import { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { Delivered } from '../support/delivery';
import {
  card,
  events,
  expectThere,
  FAIL_RATE,
  FIVE,
  FREQUENCY,
  LEAD_TIME,
  open,
  RECOVERY,
  REWORK,
} from '../support/deliveryPages';
import { enterAs, expect, problemsOf, test } from '../support/portal';

/** As long as what is done by hand may take until it is seen. */
const SEEN = { timeout: 5_000 };

/** What each of the five says. */
const five = (page: Page) =>
  Promise.all(FIVE.map(name => card(page, name).innerText()));

test('what is done by hand is in the five numbers within 5 seconds, and each opens down to it', async ({
  page,
  context,
}) => {
  test.setTimeout(420_000);
  const service = await Delivered.create('delivers');
  await enterAs(page, 'Maya Okafor', service.tab);
  const company = await context.newPage();
  const problems = problemsOf(company);
  await company.goto('/dora/overview?days=30');
  await expect(card(company, FREQUENCY)).toBeVisible();
  const before = await five(company);
  const forge = await context.newPage();

  // Nothing yet: the page says which webhook is missing.
  await expect(
    card(page, FREQUENCY).getByText('No data').first(),
  ).toBeVisible();
  const missing = card(page, 'What is missing');
  await expect(
    missing.getByText(/\/api\/dora\/webhooks\/github$/),
  ).toBeVisible();
  await expect(
    card(page, LEAD_TIME).getByText('1 merged change not in production yet.'),
  ).toBeVisible();

  const TITLE = 'Greet those who come back';
  await service.push({ 'greeting.txt': 'Again\n' }, TITLE, 'greeting');
  const { number } = await service.openPullRequest(TITLE, 'greeting');
  await service.approveAndMerge(forge, number);
  await expect(
    card(page, LEAD_TIME).getByText('2 merged changes not in production yet.'),
    'a merged pull request',
  ).toBeVisible(SEEN);

  await service.deploy();
  await expect(
    card(page, FREQUENCY).getByText('from 1 deployment', { exact: true }),
    'a deployment',
  ).toBeVisible(SEEN);
  await expect(
    card(page, LEAD_TIME).getByText('from 2 changes', { exact: true }),
  ).toBeVisible(SEEN);
  await expect(
    card(page, FAIL_RATE).getByText('0 of 1 deployment', { exact: true }),
  ).toBeVisible(SEEN);

  const INCIDENT = 'Those who come back are greeted twice';
  const incident = await service.openIncident(INCIDENT);
  await expect(
    card(page, FAIL_RATE).getByText('1 of 1 deployment', { exact: true }),
    'an incident',
  ).toBeVisible(SEEN);
  await expect(
    card(page, RECOVERY).getByText('1 failure not over at the end.'),
  ).toBeVisible(SEEN);

  const HOTFIX = 'Greet them once';
  const pushed = await service.push({ 'greeting.txt': 'Once\n' }, HOTFIX);
  await expect(
    card(page, LEAD_TIME).getByText('1 merged change not in production yet.'),
    'a push',
  ).toBeVisible(SEEN);
  await service.deploy('hotfix');
  await expect(
    card(page, REWORK).getByText('1 of 2 deployments', { exact: true }),
    'a hotfix',
  ).toBeVisible(SEEN);
  await service.closeIncident(incident.number);
  await expect(
    card(page, RECOVERY).getByText('from 1 recovery', { exact: true }),
    'the end of the incident',
  ).toBeVisible(SEEN);

  const after = await five(company);
  for (const [index, name] of FIVE.entries()) {
    expect(after[index], `${name} of the company`).not.toBe(before[index]);
  }
  await expect(
    events(company).getByRole('link', { name: service.name }).first(),
  ).toBeVisible();
  expect(problems).toEqual([]);
  await expectAccessible(page);

  const deployments = await open(page, FREQUENCY);
  await expect(deployments).toHaveCount(2);
  await expectThere(
    page,
    deployments.first().getByRole('link').first(),
    'Deployments',
  );
  await expectThere(
    page,
    deployments.first().getByRole('link', { name: pushed.slice(0, 7) }),
    HOTFIX,
  );

  await deployments.last().getByRole('link', { name: '2 changes' }).click();
  await expect(page).toHaveURL(/deployment=[0-9a-f]+/);
  await expect(events(page).getByText(/^2 of 2, latest/)).toBeVisible();

  const changes = await open(page, LEAD_TIME);
  await expect(changes).toHaveCount(3);
  const request = changes.filter({ hasText: TITLE });
  await expectThere(
    page,
    request.getByRole('link', { name: `#${number} ${TITLE}` }),
    TITLE,
  );
  await expect(request).toContainText(/review [\d.]+ seconds?/);
  await expectThere(
    page,
    changes.filter({ hasText: HOTFIX }).getByRole('link').first(),
    HOTFIX,
  );

  const failed = await open(page, FAIL_RATE);
  await expect(failed).toHaveCount(1);
  await expectThere(
    page,
    failed.getByRole('link', { name: INCIDENT }),
    INCIDENT,
  );
  await expect(await open(page, RECOVERY)).toHaveCount(1);
  await expect(await open(page, REWORK)).toContainText(['Hotfix']);

  await events(page).getByRole('radio', { name: 'Incidents' }).click();
  await expectThere(
    page,
    events(page).getByRole('link', { name: INCIDENT }),
    INCIDENT,
  );
});

test('the address holds what is asked, and the list is saved as a file', async ({
  page,
}) => {
  await enterAs(
    page,
    'Elena Rossi',
    '/dora/overview?days=30&timeZone=Europe%2FBerlin&owner=group%3Adefault%2Fcheckout&list=changes',
  );
  const asked = page.getByRole('search', { name: 'Delivery' });
  const chosen = (label: string) =>
    asked.getByRole('button', { name: new RegExp(`${label}$`) });
  await expect(chosen('Time')).toContainText('Last 30 days');
  await expect(chosen('Time zone')).toContainText('Europe/Berlin');
  await expect(chosen('Team')).toContainText('Checkout');

  await chosen('Lead time of').press('Enter');
  await page.getByRole('option', { name: 'People and bots' }).click();
  await expect(page).toHaveURL(/bots=with/);
  await page.reload();
  await expect(chosen('Lead time of')).toContainText('People and bots');
  await expect(page).toHaveURL(/days=30.*owner=group%3Adefault%2Fcheckout/);

  const download = page.waitForEvent('download');
  await events(page).getByRole('button', { name: 'CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^changes-\d{4}-\d\d-\d\d\.csv$/);
  const text = readFileSync(await file.path(), 'utf8');
  expect(text).toMatch(/^\W?"?Component"?,/);
});

for (const path of [
  '/dora/overview',
  '/dora/teams',
  '/dora/systems',
  '/dora/cohorts',
  '/dora/deliveries',
  '/catalog/default/component/basket-service/delivery',
]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${path} fits a phone and has no barriers, ${colorScheme}`, async ({
      page,
    }) => {
      await page.emulateMedia({ colorScheme });
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
}
