import { renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen } from '@testing-library/react';
import { apiMock, entity } from './__testUtils__/facts';
import { insightsMock } from './__testUtils__/insights';
import { goldenPathsApiRef } from './api/GoldenPathsApi';
import { insightsApiRef } from './api/InsightsApi';
import { goldenPathsPlugin } from './plugin';

describe('golden-paths plugin', () => {
  it.each([
    'api:golden-paths',
    'entity-card:golden-paths',
    'page:golden-paths',
    'sub-page:golden-paths/adoption',
    'sub-page:golden-paths/templates',
    'sub-page:golden-paths/drift',
    'sub-page:golden-paths/rollouts',
    'sub-page:golden-paths/outcomes',
    'sub-page:golden-paths/return',
    'api:golden-paths/insights',
    'analytics:golden-paths',
  ] as const)('has %s', id => {
    expect(goldenPathsPlugin.getExtension(id)).toBeDefined();
  });

  it('has a page for each subject below /golden-paths', async () => {
    renderTestApp({
      features: [goldenPathsPlugin],
      apis: [
        [goldenPathsApiRef, apiMock()],
        [insightsApiRef, insightsMock()],
        [catalogApiRef, catalogApiMock({ entities: [entity] })],
      ],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      initialRouteEntries: ['/golden-paths'],
    });
    expect(
      await screen.findByRole(
        'region',
        { name: 'New services on a golden path' },
        // The page is loaded when it is opened.
        { timeout: 20_000 },
      ),
    ).toBeVisible();
    for (const name of [
      'Adoption',
      'Templates',
      'Drift',
      'Rollouts',
      'Outcomes',
      'Return',
    ]) {
      expect(screen.getByRole('tab', { name })).toBeVisible();
    }
  });
});
