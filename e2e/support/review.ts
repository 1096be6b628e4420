import { expect, Page } from '@playwright/test';
import { api, Clone, OWNER } from './faults/forge';
import { shared } from './faults/place';

/**
 * Does on the page of the forge what a pull request takes: its checks are recorded as
 * passed, since no pipeline runs there, it is approved, and merged.
 */
export async function approveAndMerge(
  page: Page,
  repository: string,
  number: number,
) {
  await page.goto(`${shared.forgeUrl}/${OWNER}/${repository}/pull/${number}`);
  const results = page.getByRole('combobox', { name: /^Result of/ });
  for (let left = await results.count(); left > 0; left--) {
    const check = results.first();
    await check.selectOption('success');
    await check.locator('xpath=..').getByRole('button').click();
    await expect(results).toHaveCount(left - 1);
  }
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(page.getByText('approved by')).toBeVisible();
  await page.getByRole('button', { name: 'Merge pull request' }).click();
  await expect(page.getByText('Merged by Maya Okafor')).toBeVisible();
}

/** Adds a line at the end of a file, as owners do: main takes only what was reviewed. */
export async function editByPullRequest(
  page: Page,
  repository: string,
  file: string,
  line: string,
) {
  const clone = await Clone.of(repository);
  try {
    await clone.push(
      { [file]: `${clone.read(file)}\n${line}\n` },
      line,
      'edit',
    );
  } finally {
    clone.remove();
  }
  const { number } = await api<{ number: number }>(
    shared,
    'POST',
    `/repos/${OWNER}/${repository}/pulls`,
    { title: line, head: 'edit', base: 'main' },
  );
  await approveAndMerge(page, repository, number);
}
