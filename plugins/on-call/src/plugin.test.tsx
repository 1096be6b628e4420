import { createExtensionTester } from '@backstage/frontend-test-utils';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { onCallCard, onCallPlugin } from './plugin';
import { relationCards } from './relations';

describe('on-call plugin', () => {
  it.each([
    'entity-card:on-call',
    'entity-content-layout:on-call/lead-first',
  ] as const)('has %s', id => {
    expect(onCallPlugin.getExtension(id)).toBeDefined();
  });

  it('shows the card on the overview, in the main column', () => {
    const tester = createExtensionTester(onCallCard);
    expect(tester.get(EntityCardBlueprint.dataRefs.type)).toBe('content');
  });

  it.each([
    ['component', ['depends-on', 'used-by', 'provides-apis', 'consumes-apis']],
    ['resource', ['depends-on', 'used-by']],
    ['api', ['consumed-by', 'provided-by']],
    ['system', ['parts']],
    ['domain', ['parts']],
    ['group', []],
  ])('says of a %s what it stands in relation to', (kind, names) => {
    const shown = relationCards.filter(card =>
      createExtensionTester(card).get(
        EntityCardBlueprint.dataRefs.filterFunction,
      )?.({ apiVersion: 'v1', kind, metadata: { name: 'x' } }),
    );
    expect(shown).toHaveLength(names.length);
  });
});
