import { PortalClient } from '../support/faults/client';
import { api, Clone, OWNER } from '../support/faults/forge';
import { APPEARS } from '../support/faults/patience';
import { shared } from '../support/faults/place';
import { enterAs, expect, forgeUrl, test } from '../support/portal';

const PLATFORM = `/repos/${OWNER}/platform`;
const TEMPLATE = 'templates/node-api/template.yaml';
const NODE_API = '/api/catalog/entities/by-name/template/default/node-api';

interface Content {
  sha: string;
  content: string;
}

test('a golden path changes by pull request, for whoever creates next', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const jonas = await PortalClient.as('jonas.lind');
  const titleOf = async () => (await jonas.get(NODE_API)).json().metadata.title;
  const before = await titleOf();
  const after = `${before} ${Date.now().toString(36)}`;

  await changeTitle(before, after);
  try {
    await expect.poll(titleOf, { timeout: 30_000 }).toBe(after);
    await enterAs(page, 'Maya Okafor', '/create');
    await expect(page.getByText(after).first()).toBeVisible();
  } finally {
    await changeTitle(after, before);
  }
  await expect.poll(titleOf, { timeout: 30_000 }).toBe(before);
});

test('a repository that discovery finds brings in no golden path', async () => {
  test.setTimeout(180_000);
  const jonas = await PortalClient.as('jonas.lind');
  const name = `unasked-${Date.now().toString(36)}`;
  const clone = await Clone.create(name);
  const more = `${name}-more`;
  const byName = (kind: string, wanted: string) =>
    jonas.get(`/api/catalog/entities/by-name/${kind}/default/${wanted}`);
  const component = (wanted: string) => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: ${wanted} }
spec: { type: service, lifecycle: production, owner: checkout }
---
`;
  try {
    await clone.push({
      'catalog-info.yaml': `${component(name)}
apiVersion: backstage.io/v1alpha1
kind: Location
metadata: { name: ${name} }
spec: { targets: [./more.yaml] }
`,
      'more.yaml': component(more),
    });
    await expect
      .poll(async () => (await byName('component', more)).status, {
        timeout: APPEARS,
      })
      .toBe(200);

    await clone.push({
      'more.yaml': `${component(more)}
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: ${name} }
spec: { type: service, owner: checkout, steps: [] }
`,
    });
    // It was read, and refused.
    await expect
      .poll(async () => (await byName('location', name)).text, {
        timeout: APPEARS,
      })
      .toMatch(new RegExp(`template:default/${name} .*not of an allowed kind`));
    expect((await byName('template', name)).status).toBe(404);
  } finally {
    clone.remove();
  }
});

test('the platform has its own docs, decisions included', async ({ page }) => {
  test.setTimeout(120_000);
  await enterAs(page, 'Jonas Lind', '/docs/default/component/platform');

  await expect(page.getByRole('heading', { name: 'The platform' })).toBeVisible(
    { timeout: 60_000 },
  );
  const text = page.getByRole('article');
  await text.getByRole('link', { name: 'Decisions' }).click();
  await expect(page.getByRole('heading', { name: 'Decisions' })).toBeVisible();
});

/** Opens a pull request and merges it, as a person does on the forge. */
async function changeTitle(from: string, to: string) {
  const branch = `rename-${Date.now().toString(36)}`;
  const main = await api(shared, 'GET', `${PLATFORM}/branches/main`);
  await api(shared, 'POST', `${PLATFORM}/git/refs`, {
    ref: `refs/heads/${branch}`,
    sha: main.commit.sha,
  });
  const path = `${PLATFORM}/contents/${TEMPLATE}`;
  const file = await api<Content>(shared, 'GET', `${path}?ref=${branch}`);
  const text = Buffer.from(file.content, 'base64').toString();
  expect(text, `${forgeUrl}/${OWNER}/platform`).toContain(`title: ${from}\n`);
  await api(shared, 'PUT', path, {
    message: `Rename ${from}`,
    branch,
    sha: file.sha,
    content: Buffer.from(
      text.replace(`title: ${from}\n`, `title: ${to}\n`),
    ).toString('base64'),
  });
  const pull = await api(shared, 'POST', `${PLATFORM}/pulls`, {
    title: `Rename ${from}`,
    head: branch,
    base: 'main',
  });
  await api(shared, 'PUT', `${PLATFORM}/pulls/${pull.number}/merge`, {});
}
