import { UserEntity } from '@backstage/catalog-model';
import { IdentityApi } from '@backstage/frontend-plugin-api';
import { CatalogApi } from '@backstage/plugin-catalog-react';

/** Who is signed in. */
export type Me = {
  /** Absent where neither the catalog nor the account says a name. */
  givenName?: string;
  /** The user and the groups one owns things through. */
  ownershipRefs: string[];
};

/** Asks the catalog for the name, and the account where the catalog has none. */
export async function loadMe(
  identityApi: IdentityApi,
  catalogApi: CatalogApi,
): Promise<Me> {
  const identity = await identityApi.getBackstageIdentity();
  const [entity, profile] = await Promise.all([
    catalogApi.getEntityByRef(identity.userEntityRef),
    identityApi.getProfileInfo(),
  ]);
  const user = entity as UserEntity | undefined;
  const name = user?.spec.profile?.displayName ?? profile.displayName;
  return {
    givenName: name?.split(' ')[0],
    ownershipRefs: identity.ownershipEntityRefs,
  };
}
