import { appModuleSignIn, signInPage } from './module';
import { createExtensionTester } from '@backstage/frontend-test-utils';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';

describe('sign-in module', () => {
  it('replaces the sign-in page of the app', () => {
    expect(appModuleSignIn.pluginId).toBe('app');
    expect(
      createExtensionTester(signInPage).get(
        SignInPageBlueprint.dataRefs.component,
      ),
    ).toBeDefined();
  });
});
