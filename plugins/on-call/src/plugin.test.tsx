import { createExtensionTester } from '@backstage/frontend-test-utils';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { onCallCard, onCallPlugin } from './plugin';

describe('on-call plugin', () => {
  it.each([
    'entity-card:on-call',
    'entity-card:on-call/depends-on',
    'entity-card:on-call/used-by',
    'entity-card:on-call/consumed-by',
    'entity-content-layout:on-call/lead-first',
  ] as const)('has %s', id => {
    expect(onCallPlugin.getExtension(id)).toBeDefined();
  });

  it('shows the card on the overview, in the main column', () => {
    const tester = createExtensionTester(onCallCard);
    expect(tester.get(EntityCardBlueprint.dataRefs.type)).toBe('content');
    expect(
      tester.get(EntityCardBlueprint.dataRefs.filterFunction) ??
        tester.get(EntityCardBlueprint.dataRefs.filterExpression),
    ).toBeDefined();
  });
});
