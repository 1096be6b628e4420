import {
  BackstageCredentials,
  BackstageUserPrincipal,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { Entity, RELATION_OWNED_BY } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';

/**
 * The component, for who may have its repository changed: members of the group
 * that owns it, and the platform team.
 *
 * @param deed - what they may, such as `mend it`
 * @throws NotFoundError for what the caller may not see; NotAllowedError for what
 * is not theirs
 */
export async function requireOwner(
  services: {
    catalog: CatalogService;
    /** Owns nothing and may change everything. */
    platformTeam: string;
    userInfo: UserInfoService;
  },
  entityRef: string,
  credentials: BackstageCredentials<BackstageUserPrincipal>,
  deed: string,
): Promise<Entity> {
  const { catalog, platformTeam, userInfo } = services;
  const entity = await catalog.getEntityByRef(entityRef, { credentials });
  if (!entity || entity.kind.toLowerCase() !== 'component') {
    throw new NotFoundError(`There is no component ${entityRef}`);
  }
  const { ownershipEntityRefs: own } = await userInfo.getUserInfo(credentials);
  const owned = (entity.relations ?? []).some(
    ({ type, targetRef }) =>
      type === RELATION_OWNED_BY && own.includes(targetRef),
  );
  if (!owned && !own.includes(platformTeam)) {
    throw new NotAllowedError(
      `Only members of the group that owns ${entityRef} and the platform team may ${deed}`,
    );
  }
  return entity;
}
