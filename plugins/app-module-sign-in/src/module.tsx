import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { oidcAuthApi } from './oidc';

/** The page one meets before anything else. */
export const signInPage = SignInPageBlueprint.make({
  params: {
    loader: () => import('./components/SignInPage').then(m => m.SignInPage),
  },
});

/** Waymark's ways in. */
export const appModuleSignIn = createFrontendModule({
  pluginId: 'app',
  extensions: [signInPage, oidcAuthApi],
});
