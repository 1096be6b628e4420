import { expect, test } from './test.ts';

test('the browser reports how fast the page was', async ({ page, service }) => {
  await page.goto('/');
  await page.getByLabel('Parcel number').click();
  await page.keyboard.type('TW');
  // Going elsewhere is when the browser knows the last of its values.
  await page.goto('about:blank');
  for (const name of [
    'inp_seconds',
    'lcp_seconds',
    'cls',
    'fcp_seconds',
    'ttfb_seconds',
  ]) {
    // Each value is sent by itself, in no certain order.
    await expect
      .poll(() => service.metrics(), name)
      .toMatch(
        new RegExp(`^web_vitals_${name}_count\\{http_route="/"\\} [1-9]`, 'm'),
      );
  }
});
