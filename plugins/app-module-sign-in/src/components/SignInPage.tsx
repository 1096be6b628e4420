import { useMemo, useState } from 'react';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { SignInPageProps } from '@backstage/plugin-app-react';
import { EmptyState } from '@waymark/backstage-plugin-insights-react';
import { readSignInOptions } from '../options';
import {
  forgetPersona,
  rememberedPersona,
  rememberPersona,
} from '../personaMemory';
import { AccountSignIn } from './AccountSignIn';
import { EnteringAs } from './EnteringAs';
import { Frame } from './Frame';
import { PersonaChooser } from './PersonaChooser';

/** Personas where they are configured, accounts otherwise. */
export const SignInPage = ({ onSignInSuccess }: SignInPageProps) => {
  const configApi = useApi(configApiRef);
  const options = useMemo(() => readSignInOptions(configApi), [configApi]);
  const [persona, setPersona] = useState(() =>
    rememberedPersona(options.personas),
  );

  if (persona) {
    return (
      <EnteringAs
        persona={persona}
        onSignInSuccess={onSignInSuccess}
        onBack={() => {
          forgetPersona();
          setPersona(undefined);
        }}
      />
    );
  }
  if (options.personas.length > 0) {
    return (
      <PersonaChooser
        personas={options.personas}
        onChoose={chosen => {
          rememberPersona(chosen);
          setPersona(chosen);
        }}
      />
    );
  }
  if (options.providers.length > 0) {
    return (
      <AccountSignIn options={options} onSignInSuccess={onSignInSuccess} />
    );
  }
  return (
    <Frame>
      <EmptyState title="Nobody can sign in yet">
        Whoever runs this portal has to set up an account provider under
        auth.providers and name it in app.signIn.providers.
      </EmptyState>
    </Frame>
  );
};
