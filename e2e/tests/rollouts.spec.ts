import { expectAccessible } from '../support/axe';
import { PortalClient } from '../support/faults/client';
import { api, Clone, OWNER } from '../support/faults/forge';
import { shared } from '../support/faults/place';
import { startTask, untilCompleted } from '../support/faults/tasks';
import { moveTemplate } from '../support/moveTemplate';
import { enterAs, expect, test } from '../support/portal';
import { approveAndMerge, editByPullRequest } from '../support/review';

const TEMPLATE = 'template:default/node-api';
const BY_OWNERS = 'The owners say more here.';

test('a new version is rolled out to a service that its owners have edited', async ({
  page,
  context,
}) => {
  test.setTimeout(300_000);
  const name = `fares-${Date.now().toString(36)}`;
  const maya = await PortalClient.as('maya.okafor');
  const jonas = await PortalClient.as('jonas.lind');
  await untilCompleted(
    maya,
    await startTask(maya, {
      name,
      description: 'Only to be rolled out to',
      owner: 'group:default/checkout',
    }),
  );
  const forge = await context.newPage();
  await editByPullRequest(forge, name, 'README.md', BY_OWNERS);
  const moved = await moveTemplate(shared);
  const ref = `component:default/${name}`;
  const standing = async () => {
    const { json } = await jonas.get(
      `/api/golden-paths/drift?templateRef=${TEMPLATE}&limit=1000`,
    );
    const { items } = json<{
      items: { entityRef: string; standing: string; newest: string }[];
    }>();
    const one = items.find(({ entityRef }) => entityRef === ref);
    return one && `${one.standing} ${one.newest}`;
  };
  try {
    await expect
      .poll(standing, { timeout: 90_000 })
      .toBe(`behind ${moved.version}`);

    const query = new URLSearchParams({ template: TEMPLATE });
    await enterAs(page, 'Jonas Lind', `/golden-paths/drift?${query}`);
    await page.getByRole('link', { name: 'Roll out' }).click();
    await page.getByRole('button', { name: `Preview ${ref}` }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('Everything can be merged')).toBeVisible({
      timeout: 60_000,
    });
    await page.keyboard.press('Escape');
    await expect(
      page.getByText(/^\d+ files? changes?, all can be merged$/),
    ).toBeVisible();
    await expect(page.getByText(/^In the first service: \d+ file/)).toBeVisible(
      {
        timeout: 60_000,
      },
    );
    await expectAccessible(page, ['[data-live-announcer]']);
    await page.getByLabel(/^Why/).fill('The service says more');
    await page.getByRole('button', { name: /The first service/ }).click();
    await page.getByRole('option', { name, exact: true }).click();
    await page.getByRole('button', { name: /^Start with one of/ }).click();

    const row = page.getByRole('row').filter({ hasText: name });
    const link = row.getByRole('link', { name: 'Pull request #2' });
    await expect(link).toBeVisible({ timeout: 60_000 });
    await expect(row.getByText('Open', { exact: true })).toBeVisible();
    await expectAccessible(page, ['[data-live-announcer]']);
    const pull = await api(shared, 'GET', `/repos/${OWNER}/${name}/pulls/2`);
    expect(pull.body).toContain('> The service says more');
    await approveAndMerge(forge, name, 2);
    await expect(row.getByText('Merged')).toBeVisible({ timeout: 60_000 });
    await expect
      .poll(standing, { timeout: 90_000 })
      .toBe(`current ${moved.version}`);
    const merged = await Clone.of(name);
    const text = merged.read('README.md');
    merged.remove();
    expect(text).toContain(BY_OWNERS);
    expect(text).toContain(moved.line);
  } finally {
    await stopAll(jonas);
    await moved.back();
  }
});

/** What other tests have made is not touched by what goes on here. */
async function stopAll(jonas: PortalClient) {
  const { items } = (await jonas.get('/api/golden-paths/rollouts')).json();
  for (const { id, endedAt } of items) {
    if (!endedAt) await jonas.post(`/api/golden-paths/rollouts/${id}/stop`);
  }
}
