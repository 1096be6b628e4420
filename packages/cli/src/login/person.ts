import { z } from 'zod';
import { PortalClient } from '../portal/PortalClient';
import { PortalError } from '../portal/words';

const userInfoSchema = z.object({
  claims: z.object({
    sub: z.string(),
    ent: z.array(z.string()).default([]),
  }),
});

const userSchema = z.object({
  metadata: z.object({ title: z.string().optional() }),
  spec: z
    .object({
      profile: z.object({ displayName: z.string().optional() }).optional(),
    })
    .optional(),
});

/** Who is signed in. */
export interface Person {
  /** Of the catalog. */
  ref: string;
  title: string;
  /** What they belong to. */
  teams: string[];
}

/** @throws PortalError where the token is nobody's */
export async function readPerson(client: PortalClient): Promise<Person> {
  const { claims } = await client
    .get('/api/auth/v1/userinfo', userInfoSchema)
    .catch(error => {
      const { status } = error as PortalError;
      throw status === 400
        ? new PortalError('The token is of a program, not of a person.', status)
        : error;
    });
  const ref = claims.sub;
  const name = /^user:([^/]+)\/(.+)$/.exec(ref);
  const user =
    name &&
    (await client.find(
      `/api/catalog/entities/by-name/user/${name[1]}/${name[2]}`,
      userSchema,
    ));
  return {
    ref,
    title:
      user?.spec?.profile?.displayName ??
      user?.metadata.title ??
      name?.[2] ??
      ref,
    teams: claims.ent.filter(one => one !== ref).sort(),
  };
}
