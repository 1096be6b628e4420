import { expect, test } from '@playwright/test';
import { PortalClient } from '../../support/faults/client';
import { Clone } from '../../support/faults/forge';
import { APPEARS } from '../../support/faults/patience';
import { enterAs } from '../../support/portal';

const ran = (how: string) => `window.__ran='${how}'`;
const hostile = (how: string) =>
  `<img src=x onerror="${ran(how)}"><script>${ran(how)}</script>`;

test.describe('the browser', () => {
  test('is told to run nothing but the portal’s own scripts', async () => {
    const nobody = PortalClient.nobody();
    for (const path of [
      '/',
      '/catalog',
      '/api/catalog/entities',
      '/api/unknown',
      '/static/none.js',
    ]) {
      const { headers } = await nobody.get(path);
      const policy = Object.fromEntries(
        (headers.get('content-security-policy') ?? '')
          .split(';')
          .map(part => part.trim().split(/ (.*)/).slice(0, 2)),
      );
      expect(policy, path).toMatchObject({
        'default-src': "'self'",
        'base-uri': "'self'",
        'object-src': "'none'",
        'frame-ancestors': "'self'",
        'script-src-attr': "'none'",
        'connect-src': "'self'",
      });
      expect(policy['script-src'], path).not.toMatch(
        /unsafe-inline|https?:|\*/,
      );
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
    }
  });

  test('shows hostile text of a catalog entity as text', async ({ page }) => {
    test.setTimeout(2 * APPEARS);
    const maya = await PortalClient.as('maya.okafor');
    const name = `hostile-${Date.now().toString(36)}`;
    const clone = await Clone.create(name);
    try {
      const text = (how: string) => JSON.stringify(hostile(how));
      await clone.push({
        'catalog-info.yaml': `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  title: ${text('title')}
  description: ${text('description')}
  annotations:
    backstage.io/view-url: ${JSON.stringify(`javascript:${ran('view')}`)}
    backstage.io/edit-url: ${JSON.stringify(`javascript:${ran('edit')}`)}
    backstage.io/source-location: ${JSON.stringify(
      `url:javascript:${ran('source')}`,
    )}
  links:
    - { url: ${JSON.stringify(`javascript:${ran('link')}`)}, title: bad link }
    - { url: ${JSON.stringify(
      `data:text/html,<script>opener.${ran('data')}</script>`,
    )}, title: data link }
    - { url: 'https://example.com/honest', title: ${text('link title')} }
spec:
  type: ${text('type')}
  lifecycle: ${text('lifecycle')}
  owner: checkout
  providesApis: [${name}-api]
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: ${name}-api }
spec:
  type: openapi
  lifecycle: production
  owner: checkout
  definition: ${JSON.stringify(
    [
      'openapi: 3.0.0',
      'info:',
      `  title: ${text('api title')}`,
      '  version: 1.0.0',
      `  description: ${text('api description')}`,
      'paths: {}',
      '',
    ].join('\n'),
  )}
`,
      });
      const path = `/api/catalog/entities/by-name/component/default/${name}`;
      await expect
        .poll(async () => (await maya.get(path)).status, { timeout: APPEARS })
        .toBe(200);

      await enterAs(page, 'Maya Okafor', `/catalog/default/component/${name}`);
      await expect(page.getByText('onerror').first()).toBeVisible();
      const expectInert = async () => {
        expect(await page.locator('a[href^="javascript:" i]').count()).toBe(0);
        expect(
          await page.evaluate(() => Reflect.get(window, '__ran')),
        ).toBeUndefined();
      };
      await expectInert();
      for (const link of await page.locator('main a').all()) {
        const href = (await link.getAttribute('href')) ?? '';
        expect(href).not.toMatch(/^\s*(javascript|data|vbscript):/i);
      }

      await page.goto(`/catalog/default/api/${name}-api/definition`);
      await expect(page.getByText('onerror').first()).toBeVisible();
      await expectInert();

      await page.goto('/catalog');
      await page.getByPlaceholder('Search', { exact: true }).last().fill(name);
      await expect(page.getByText('onerror').first()).toBeVisible();
      await expectInert();

      await page.goto(`/search?query=${encodeURIComponent(hostile('query'))}`);
      await expectInert();
      await page.goto(
        `/catalog/default/component/${encodeURIComponent(hostile('address'))}`,
      );
      await expectInert();
    } finally {
      clone.remove();
    }
  });
});
