import useAsync from 'react-use/esm/useAsync';
import { Entity } from '@backstage/catalog-model';
import {
  configApiRef,
  identityApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import { useEntityOwnership } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import { fixCreatePermission } from '@waymark/backstage-plugin-compliance-common';

/** Whether the reader may have it mended: as an owner, or in the platform team. */
export function useMayMend(entity: Entity): boolean {
  const identityApi = useApi(identityApiRef);
  const platformTeam =
    useApi(configApiRef).getOptionalString('waymark.platformTeam') ??
    'group:default/platform-engineering';
  const { allowed } = usePermission({ permission: fixCreatePermission });
  const { isOwnedEntity } = useEntityOwnership();
  const { value: own = [] } = useAsync(
    async () => (await identityApi.getBackstageIdentity()).ownershipEntityRefs,
    [identityApi],
  );
  return allowed && (isOwnedEntity(entity) || own.includes(platformTeam));
}
