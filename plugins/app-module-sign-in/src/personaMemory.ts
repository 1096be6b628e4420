import { IdentityApi } from '@backstage/frontend-plugin-api';
import { Persona } from './options';

const KEY = 'waymark.persona';

/** The persona chosen earlier in this browser, if it is still offered. */
export function rememberedPersona(personas: Persona[]): Persona | undefined {
  const entityRef = window.localStorage.getItem(KEY);
  return personas.find(persona => persona.entityRef === entityRef);
}

/** Keeps the choice, so that a reload and a new tab stay signed in. */
export function rememberPersona(persona: Persona): void {
  window.localStorage.setItem(KEY, persona.entityRef);
}

/** Brings the chooser back. */
export function forgetPersona(): void {
  window.localStorage.removeItem(KEY);
}

/**
 * The identity given, which on sign-out also forgets the persona. It carries
 * the persona's name: the provider knows none.
 */
export function personaIdentity(
  identity: IdentityApi,
  persona: Persona,
): IdentityApi {
  return {
    getProfileInfo: async () => ({
      ...(await identity.getProfileInfo()),
      displayName: persona.title,
    }),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    async signOut() {
      forgetPersona();
      await identity.signOut();
    },
  };
}
