import { AuthenticationError, InputError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';
import { z } from 'zod';

/** Names the person to enter as; its value is the entity ref of a User. */
export const PERSONA_HEADER = 'x-waymark-persona';

const usersSchema = z
  .array(z.object({ entityRef: z.string().regex(/^user:[^/]+\/[^/]+$/) }))
  .min(1);

/**
 * Takes the request's word for who it is, from a configured list only.
 *
 * @throws InputError at start, where `auth.providers.persona.users` is not a
 * list of user references
 * @throws AuthenticationError where the header is missing or not in the list
 */
export const personaAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async () => ({ profile: {} }),
  initialize({ config }) {
    const users = usersSchema.safeParse(config.getOptional('users'));
    if (!users.success) {
      throw new InputError(
        'auth.providers.persona.users must list at least one { entityRef: user:<namespace>/<name> }',
      );
    }
    return { allowed: new Set(users.data.map(user => user.entityRef)) };
  },
  async authenticate({ req }, { allowed }) {
    const entityRef = req.header(PERSONA_HEADER);
    if (!entityRef || !allowed.has(entityRef)) {
      throw new AuthenticationError(
        `The ${PERSONA_HEADER} header must name one of: ${[...allowed].join(
          ', ',
        )}`,
      );
    }
    return { result: { entityRef } };
  },
});
