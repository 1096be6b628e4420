import { screen } from '@testing-library/react';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { apiMock, entity } from './__testUtils__/facts';
import { doraApiRef } from './api/DoraApi';
import { deliveryCard, deliveryTab, doraPlugin } from './plugin';

describe('dora plugin', () => {
  it.each([
    'api:dora',
    'entity-content:dora',
    'entity-card:dora',
    'page:dora',
    'sub-page:dora/overview',
    'sub-page:dora/teams',
    'sub-page:dora/systems',
    'sub-page:dora/cohorts',
    'sub-page:dora/why',
    'sub-page:dora/deliveries',
  ] as const)('has %s', id => {
    expect(doraPlugin.getExtension(id)).toBeDefined();
  });

  it('is a tab of components, and a card of what has components, too', () => {
    const tab = createExtensionTester(deliveryTab);
    expect(tab.get(coreExtensionData.routePath)).toBe('delivery');
    const hasTab = tab.get(EntityContentBlueprint.dataRefs.filterFunction);
    const hasCard = createExtensionTester(deliveryCard).get(
      EntityCardBlueprint.dataRefs.filterFunction,
    );
    const of = (kind: string, type: string) => ({
      ...entity,
      kind,
      spec: { ...entity.spec, type },
    });
    for (const [one, tabs, cards] of [
      [entity, true, true],
      [of('System', 'product'), false, true],
      [of('Group', 'team'), false, true],
      [of('Group', 'department'), false, false],
      [of('User', ''), false, false],
    ] as const) {
      expect(hasTab?.(one)).toBe(tabs);
      expect(hasCard?.(one)).toBe(cards);
    }
  });

  it('has a page for each subject below /dora', async () => {
    renderTestApp({
      features: [doraPlugin],
      apis: [
        [doraApiRef, apiMock()],
        [catalogApiRef, catalogApiMock({ entities: [entity] })],
      ],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      initialRouteEntries: ['/dora'],
    });
    expect(
      await screen.findByRole(
        'region',
        { name: 'Change fail rate' },
        // The page is loaded when it is opened.
        { timeout: 20_000 },
      ),
    ).toBeVisible();
    for (const name of [
      'Overview',
      'Teams',
      'Systems',
      'Cohorts',
      'What counts',
      'Deliveries',
    ]) {
      expect(screen.getByRole('tab', { name })).toBeVisible();
    }
  });
});
