import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { createExtensionTester } from '@backstage/frontend-test-utils';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { entity } from './__testUtils__/facts';
import { complianceCard, compliancePlugin, complianceTab } from './plugin';

describe('compliance plugin', () => {
  it.each([
    'api:compliance',
    'entity-content:compliance',
    'entity-card:compliance',
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
});
