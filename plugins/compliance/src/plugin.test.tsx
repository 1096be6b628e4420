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
import { complianceApiRef } from './api/ComplianceApi';
import { complianceCard, compliancePlugin, complianceTab } from './plugin';

describe('compliance plugin', () => {
  it.each([
    'api:compliance',
    'entity-content:compliance',
    'entity-card:compliance',
    'page:compliance',
    'sub-page:compliance/overview',
    'sub-page:compliance/rules',
    'sub-page:compliance/exemptions',
    'sub-page:compliance/campaigns',
    'sub-page:compliance/health',
  ] as const)('has %s', id => {
    expect(compliancePlugin.getExtension(id)).toBeDefined();
  });

  it('is a tab and a card of components alone', () => {
    const tab = createExtensionTester(complianceTab);
    expect(tab.get(coreExtensionData.routePath)).toBe('compliance');
    expect(tab.get(EntityContentBlueprint.dataRefs.title)).toBe('Compliance');
    const shown = [
      tab.get(EntityContentBlueprint.dataRefs.filterFunction),
      createExtensionTester(complianceCard).get(
        EntityCardBlueprint.dataRefs.filterFunction,
      ),
    ];
    for (const isShown of shown) {
      expect(isShown?.(entity)).toBe(true);
      expect(isShown?.({ ...entity, kind: 'Group' })).toBe(false);
    }
  });

  it('has a page for each subject below /compliance', async () => {
    renderTestApp({
      features: [compliancePlugin],
      apis: [
        [complianceApiRef, apiMock()],
        [catalogApiRef, catalogApiMock({ entities: [entity] })],
      ],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      initialRouteEntries: ['/compliance'],
    });
    expect(
      await screen.findByRole(
        'region',
        { name: 'By team or system' },
        // The page is loaded when it is opened.
        { timeout: 20_000 },
      ),
    ).toBeVisible();
    for (const name of [
      'Overview',
      'Rules',
      'Exemptions',
      'Campaigns',
      'Health',
    ]) {
      expect(screen.getByRole('tab', { name })).toBeVisible();
    }
  });
});
