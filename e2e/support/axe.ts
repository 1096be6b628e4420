import AxeBuilder from '@axe-core/playwright';
import { expect, Page } from '@playwright/test';

/** The stock link is named without the number of unread ones that it shows. */
const STOCK = ['a[href="/notifications"]'];

/**
 * Fails on serious and critical accessibility violations of the page.
 *
 * @param except - selectors of parts that are not ours to mend
 */
export async function expectAccessible(page: Page, except: string[] = []) {
  const { violations } = await [...STOCK, ...except]
    .reduce((axe, selector) => axe.exclude(selector), new AxeBuilder({ page }))
    .analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.map(node => node.target.join(' ')),
    }));
  expect(serious).toEqual([]);
}
