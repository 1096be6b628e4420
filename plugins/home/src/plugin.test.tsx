import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { createExtensionTester } from '@backstage/frontend-test-utils';
import { homePage } from './plugin';

describe('home plugin', () => {
  it('is the page at /', () => {
    const tester = createExtensionTester(homePage);
    expect(tester.get(coreExtensionData.routePath)).toBe('/');
    expect(tester.get(coreExtensionData.title)).toBe('Home');
  });
});
