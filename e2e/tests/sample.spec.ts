import { Locator, mergeTests } from '@playwright/test';
import {
  card,
  events,
  expectThere,
  FIVE,
  FREQUENCY,
  open,
} from '../support/deliveryPages';
import { test as own } from '../support/faults/own';
import { HISTORY_DAYS } from '../support/faults/ownPortal';
import { enterAs, expect, test as quiet } from '../support/portal';

// The portal that most tests share has no history: it would move what they count.
const test = mergeTests(own, quiet);
const HALF = HISTORY_DAYS / 2;

/** Which components there are is looked at every 30 seconds; then it is counted. */
const COUNTED = 90_000;

const startsWith = (text: string) => new RegExp(`^${text}/`);
/** A day in UTC, counted from today. */
const day = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('the history of the sample company is in all five numbers, says what it is, and opens down to the forge', async ({
  page,
  own: { place },
}) => {
  test.setTimeout(180_000);
  await enterAs(
    page,
    'Elena Rossi',
    `${place.portalUrl}/dora/overview?from=${day(-HALF)}&to=${day(
      -1,
    )}&timeZone=UTC`,
  );
  await expect(page.getByText('Sample data')).toBeVisible();
  await expect(
    card(page, FREQUENCY).getByText(/^from [\d,]+ deployments$/),
  ).toBeVisible({ timeout: COUNTED });
  for (const name of FIVE) {
    const metric = card(page, name);
    await expect(
      metric.getByText(/^(from|[\d,]+ of) [\d,]+ [a-z]+$/),
      name,
    ).toBeVisible();
    await expect(
      metric.getByText(` in the ${HALF} days before, `),
      name,
    ).toBeVisible();
    await expect(
      metric.getByRole('img', { name: `${name}: from ` }),
    ).toBeVisible();
  }

  /** What a row names first is on the forge, as its commit. */
  const expectOnForge = async (row: Locator) => {
    const sha = row.getByRole('link', { name: /^[0-9a-f]{7}$/ });
    const first = row.getByRole('link').first();
    await expect(first).toHaveAttribute('href', startsWith(place.forgeUrl));
    await expectThere(page, first, await sha.innerText());
  };
  const deployments = await open(page, FREQUENCY);
  await expect(deployments).toHaveCount(25);
  const brings = deployments.filter({ hasText: /\d changes?/ }).first();
  await expectOnForge(brings);
  await brings.getByRole('link', { name: /^\d+ changes?$/ }).click();
  await expect(page).toHaveURL(/deployment=[0-9a-f]+/);
  await expectOnForge(events(page).getByRole('row').nth(1));
});
