import { ConsoleMessage, expect, Page, test as base } from '@playwright/test';

/** Root of the forge of the portal under test. */
export const forgeUrl = `http://localhost:${
  process.env.WAYMARK_FORGE_PORT ?? '7300'
}`;

/** Enters as one of the people on the sign-in page. */
export async function enterAs(page: Page, name: string, path = '/') {
  await page.goto(path);
  await page.getByText(`Enter as ${name}`).click();
  await expect(page.getByText('Enter as')).toHaveCount(0);
}

/**
 * What a browser reports although nothing is wrong: docs that nobody has opened
 * answer 404 until they are built, and a page that is left closes its socket.
 */
function isExpected(message: ConsoleMessage): boolean {
  return (
    message.location().url.includes('/api/techdocs/') ||
    message.text().includes('WebSocket is closed before the connection')
  );
}

/** Collects console errors, failed requests and exceptions of a page. */
export function problemsOf(page: Page): string[] {
  const problems: string[] = [];
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type()) && !isExpected(message)) {
      problems.push(`${message.type()}: ${message.text()}`);
    }
  });
  page.on('pageerror', error => problems.push(`exception: ${error}`));
  page.on('requestfailed', request => {
    // A page that is left takes its running requests with it.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') {
      problems.push(`failed: ${request.url()}`);
    }
  });
  return problems;
}

/** A test whose page must stay free of them. */
export const test = base.extend<{ quiet: string[] }>({
  quiet: [
    async ({ page }, use) => {
      const problems = problemsOf(page);
      await use(problems);
      expect(problems).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
