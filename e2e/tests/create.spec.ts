import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, withTemporaryPostgres } from '@waymark/local';
import { parse } from 'yaml';
import { checkService } from '../../packages/cli/src/templates/run/service/checkService';
import { serviceSchema } from '../../packages/cli/src/templates/run/service/schema';
import { expectAccessible } from '../support/axe';
import { checkout } from '../support/faults/place';
import { enterAs, expect, forgeUrl, test } from '../support/portal';

/** Backstage's own: lines that are rows of no table, a filter without a name. */
const LOG_VIEWER = ['div:has(> a[role="row"])', '.MuiIconButton-sizeSmall'];

test('a click makes a service: repository, catalog page, clone, build', async ({
  page,
}) => {
  test.setTimeout(600_000);
  const name = `quotes-${Date.now().toString(36)}`;
  await enterAs(page, 'Maya Okafor', '/create');
  await expectAccessible(page);
  await page.goto('/create/templates/default/node-api');

  await page.getByLabel(/^Name/).fill(name);
  await expect(page.getByText(/is free/)).toBeVisible();
  await page
    .getByLabel(/^Description/)
    .fill('Prices a "delivery" <b>before</b> it is ordered');
  await page
    .getByLabel(/^Owner/)
    .first()
    .click();
  await page.getByRole('option', { name: 'Checkout', exact: true }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Next' }).click();

  await page.getByLabel(/^Replicas/).fill('3');
  await expect(page.getByLabel('Yes')).toBeChecked();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Next' }).click();

  await page.getByLabel(/Customers cannot order/).check();
  await expect(page.getByText(`tidewater/${name}`)).toBeVisible();
  await expect(page.getByText(/A store on PostgreSQL/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByText(name).first()).toBeVisible();
  await page.getByRole('button', { name: 'Create' }).click();

  await expect(page.getByRole('link', { name: 'Open in catalog' })).toBeVisible(
    {
      timeout: 60_000,
    },
  );
  await expectAccessible(page, LOG_VIEWER);

  await page.getByRole('link', { name: 'Open in catalog' }).click();
  await expect(page.getByRole('heading', { name })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'On call' })).toBeVisible();

  await page.goto(`${forgeUrl}/tidewater/${name}`);
  await expect(page.getByText('catalog-info.yaml').first()).toBeVisible();

  const folder = mkdtempSync(join(tmpdir(), 'waymark-clone-'));
  try {
    execFileSync('git', [
      'clone',
      '--quiet',
      `${forgeUrl}/tidewater/${name}.git`,
      folder,
    ]);
    for (const path of [
      '.github/workflows/ci.yml',
      '.waymark/scaffold.yaml',
      'Dockerfile',
      'chart/Chart.yaml',
      'docs/runbook.md',
      'migrations/0001_quotes.sql',
      'slo/slo.yaml',
    ]) {
      expect(existsSync(join(folder, path)), path).toBe(true);
    }
    const read = (path: string) => readFileSync(join(folder, path), 'utf8');
    expect(read('chart/env/production.yaml')).toContain('minReplicas: 3');
    expect(read('slo/sloth.yaml')).toContain('objective: 99.9');

    const service = serviceSchema.parse(
      parse(
        readFileSync(
          join(checkout, 'templates/node-api/tests/service.yaml'),
          'utf8',
        ),
      ),
    );
    await withTemporaryPostgres(async server => {
      const DATABASE_URL = await createDatabase(server, 'made_service');
      const npm = (...args: string[]) =>
        execFileSync('npm', args, {
          cwd: folder,
          env: { ...process.env, DATABASE_URL },
          stdio: 'pipe',
        });
      npm('ci', '--no-audit', '--no-fund');
      for (const script of ['lint', 'test', 'build']) npm('run', script);
      expect(await checkService(service, folder, { DATABASE_URL })).toEqual([]);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a name that is taken, and one that is not a name, are refused', async ({
  page,
}) => {
  await enterAs(page, 'Maya Okafor', '/create/templates/default/node-api');

  await page.getByLabel(/^Name/).fill('checkout-service');
  await expect(page.getByText(/checkout-service.* is taken/)).toBeVisible();

  await page.getByLabel(/^Name/).fill('Not a Name');
  await expect(
    page.getByText(/small letters, digits and single dashes/).first(),
  ).toBeVisible();

  await page.getByRole('button', { name: /Review|Next/ }).click();
  await expect(page.getByLabel(/^Name/)).toBeVisible();
});
