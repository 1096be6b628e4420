import { readFileSync } from 'node:fs';
import { expectAccessible } from '../support/axe';
import { PortalClient } from '../support/faults/client';
import { secretsOf, shared } from '../support/faults/place';
import { enterAs, expect, forgeUrl, test } from '../support/portal';

const PATHS = [
  'adoption',
  'templates',
  'templates/default/python-fastapi',
  'outcomes',
  'return',
];
const README = 'templates/python-fastapi/skeleton/README.md.njk';
const FORGE = `${forgeUrl}/api/v3/repos/tidewater/platform`;

/** Changes a file of a golden path on a branch of its own. */
async function propose(branch: string): Promise<number> {
  const headers = {
    authorization: `token ${secretsOf(shared).forgeToken}`,
  };
  const ask = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${FORGE}${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(response.ok, `${method} ${path}`).toBe(true);
    return response.json();
  };
  const { sha } = await ask('GET', '/commits/main');
  await ask('POST', '/git/refs', { ref: `refs/heads/${branch}`, sha });
  const file = await ask('GET', `/contents/${README}?ref=${branch}`);
  const text = `${Buffer.from(file.content, 'base64')}\nOne more line.\n`;
  await ask('PUT', `/contents/${README}`, {
    message: 'One more line',
    branch,
    sha: file.sha,
    content: Buffer.from(text).toString('base64'),
  });
  const { number } = await ask('POST', '/pulls', {
    title: 'One more line',
    head: branch,
    base: 'main',
  });
  return number;
}

test('what golden paths do leads from the company to one path, and to what a change would reach', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const mark = Date.now().toString(36);
  const name = `tides-${mark}`;
  const maya = await PortalClient.as('maya.okafor');
  const count = async (path: string) => (await maya.get(path)).json();
  const steps = async () => (await count('/api/golden-paths/funnel')).steps;
  const openedOf = async () => (await steps())[0].n;
  const finishedOf = async () => (await steps())[2].n;
  const before = { opened: await openedOf(), finished: await finishedOf() };

  // Who opens a form is counted, and not named.
  await enterAs(
    page,
    'Maya Okafor',
    '/create/templates/default/python-fastapi',
  );
  await page.getByLabel(/^Name/).fill(name);
  await expect(page.getByText(/is free/)).toBeVisible();
  await expect.poll(openedOf).toBe(before.opened + 1);

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
  // The component is in the catalog before its run has ended.
  await expect.poll(finishedOf, { timeout: 60_000 }).toBe(before.finished + 1);

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

  await page.getByRole('link', { name: 'Return', exact: true }).click();
  await page.getByRole('textbox', { name: 'An hour of work costs' }).fill('80');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^worth .* at 80 an hour/)).toBeVisible();
  await page.reload();
  await expect(page.getByText(/^worth .* at 80 an hour/)).toBeVisible();
  await expectAccessible(page);

  const number = await propose(`line-${mark}`);
  await page.goto('/golden-paths/templates/default/python-fastapi');
  await expect(
    page
      .getByRole('region', { name: 'Services made from it' })
      .getByRole('link', { name }),
  ).toBeVisible();
  const reach = page.getByRole('region', {
    name: 'What a pull request would reach',
  });
  await reach.getByRole('textbox').fill(String(number));
  await reach.getByRole('button', { name: 'Look' }).click();
  await expect(reach.getByText(/would get changed files/)).toBeVisible({
    timeout: 60_000,
  });
  await expect(reach.getByText('README.md')).toBeVisible();
  await expectAccessible(page);

  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of PATHS) {
    await page.goto(`/golden-paths/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const wide = await page.evaluate(
      () =>
        document.documentElement.scrollWidth >
        document.documentElement.clientWidth,
    );
    expect(wide, path).toBe(false);
  }
});
