import { SignInPage, SignInProviderConfig } from '@backstage/core-components';
import { githubAuthApiRef } from '@backstage/frontend-plugin-api';
import { SignInPageProps } from '@backstage/plugin-app-react';
import { oidcAuthApiRef } from '../oidc';
import { SignInOptions } from '../options';

/** Sign-in with real accounts, by Backstage's own page. */
export const AccountSignIn = (props: {
  options: SignInOptions;
  onSignInSuccess: SignInPageProps['onSignInSuccess'];
}) => {
  const { options, onSignInSuccess } = props;
  const known: Record<'github' | 'oidc', SignInProviderConfig> = {
    github: {
      id: 'github',
      title: 'GitHub',
      message: 'Sign in with your GitHub account',
      apiRef: githubAuthApiRef,
    },
    oidc: {
      id: 'oidc',
      title: options.oidcTitle,
      message: `Sign in with your ${options.oidcTitle.toLowerCase()}`,
      apiRef: oidcAuthApiRef,
    },
  };
  return (
    <SignInPage
      align="center"
      title="Sign in"
      onSignInSuccess={onSignInSuccess}
      providers={options.providers.map(id => known[id])}
    />
  );
};
