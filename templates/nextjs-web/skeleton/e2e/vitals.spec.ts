import { expect, test } from './test.ts';

test('the browser reports how fast the page was', async ({ page, service }) => {
  await page.goto('/');
  await page.getByLabel('Parcel number').click();
  await page.keyboard.type('TW');
  // Going elsewhere is when the browser knows the last of its values.
  await page.goto('about:blank');
  await expect
    .poll(() => service.metrics())
    .toMatch(/^web_vitals_inp_seconds_count\{http_route="\/"\} [1-9]/m);
  const metrics = await service.metrics();
  for (const name of ['lcp_seconds', 'cls', 'fcp_seconds', 'ttfb_seconds']) {
    expect(metrics).toMatch(
      new RegExp(`^web_vitals_${name}_count\\{http_route="/"\\} [1-9]`, 'm'),
    );
  }
});
