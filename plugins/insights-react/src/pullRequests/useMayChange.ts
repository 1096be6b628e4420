import useAsync from 'react-use/esm/useAsync';
import { Entity } from '@backstage/catalog-model';
import {
  configApiRef,
  identityApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import { useEntityOwnership } from '@backstage/plugin-catalog-react';
import { BasicPermission } from '@backstage/plugin-permission-common';
import { usePermission } from '@backstage/plugin-permission-react';

/**
 * Whether the reader may have its repository changed: as an owner, or in the platform
 * team.
 *
 * @param permission - to ask for pull requests of that kind
 */
export function useMayChange(
  entity: Entity,
  permission: BasicPermission,
): boolean {
  const identityApi = useApi(identityApiRef);
  const platformTeam =
    useApi(configApiRef).getOptionalString('waymark.platformTeam') ??
    'group:default/platform-engineering';
  const { allowed } = usePermission({ permission });
  const { isOwnedEntity } = useEntityOwnership();
  const { value: own = [] } = useAsync(
    async () => (await identityApi.getBackstageIdentity()).ownershipEntityRefs,
    [identityApi],
  );
  return allowed && (isOwnedEntity(entity) || own.includes(platformTeam));
}
