import { ConfigApi } from '@backstage/frontend-plugin-api';
import { z } from 'zod';

const personaSchema = z.object({
  entityRef: z.string(),
  title: z.string(),
  description: z.string().optional(),
});
const optionsSchema = z.object({
  personas: z.array(personaSchema),
  providers: z.array(z.enum(['github', 'oidc'])),
  oidcTitle: z.string(),
});

/** A catalog user one may enter as on a laptop, without a password. */
export type Persona = z.infer<typeof personaSchema>;
/** The ways in that the configuration offers. */
export type SignInOptions = z.infer<typeof optionsSchema>;

/**
 * Reads {@link SignInOptions}.
 *
 * @throws ZodError where a key has a value of the wrong kind
 */
export function readSignInOptions(config: ConfigApi): SignInOptions {
  return optionsSchema.parse({
    personas: config.getOptional('auth.providers.persona.users') ?? [],
    providers: config.getOptional('app.signIn.providers') ?? [],
    oidcTitle:
      config.getOptionalString('app.signIn.oidcTitle') ?? 'Company account',
  });
}
