import { readFileSync } from 'node:fs';
import { expectAccessible } from '../support/axe';
import { PortalClient } from '../support/faults/client';
import { enterAs, expect, test } from '../support/portal';

test('how far creations come is counted, and set beside services that are bespoke', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const mark = Date.now().toString(36);
  const name = `tides-${mark}`;
  const maya = await PortalClient.as('maya.okafor');
  const count = async (path: string) => (await maya.get(path)).json();
  const openedOf = async () =>
    (await count('/api/golden-paths/funnel')).steps[0].n;
  const before = await openedOf();

  // Who opens a form is counted, and not named.
  await enterAs(
    page,
    'Maya Okafor',
    '/create/templates/default/python-fastapi',
  );
  await page.getByLabel(/^Name/).fill(name);
  await expect(page.getByText(/is free/)).toBeVisible();
  await expect.poll(openedOf).toBe(before + 1);

  const { status } = await maya.post('/api/scaffolder/v2/tasks', {
    templateRef: 'template:default/python-fastapi',
    values: {
      name,
      description: 'Only to be counted',
      owner: 'group:default/checkout',
    },
  });
  expect(status).toBe(201);
  await expect
    .poll(
      async () =>
        (
          await count(
            '/api/golden-paths/drift?templateRef=python-fastapi&limit=1000',
          )
        ).items.some(
          (item: { entityRef: string }) =>
            item.entityRef === `component:default/${name}`,
        ),
      { timeout: 150_000 },
    )
    .toBe(true);

  await page.goto('/golden-paths');
  const funnel = page.getByRole('region', { name: 'How far creations come' });
  await expect(funnel.getByText('Creation finished')).toBeVisible();
  await expect(
    funnel.getByText(/^Half within .* after the start/),
  ).toBeVisible();
  const team = page.getByRole('region', { name: 'By team' });
  const download = page.waitForEvent('download');
  await team.getByRole('button', { name: 'Download teams as CSV' }).click();
  const csv = readFileSync(await (await download).path(), 'utf8');
  expect(csv).toContain('group:default/checkout,');
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Outcomes', exact: true }).click();
  await expect(
    page.getByRole('row', { name: /^Compliance score/ }),
  ).toBeVisible();
  await expect(page.getByText('A difference is no proof')).toBeVisible();
  await expectAccessible(page);
});
