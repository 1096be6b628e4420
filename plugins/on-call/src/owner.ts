import {
  Entity,
  EntityLink,
  GroupEntity,
  parseEntityRef,
  RELATION_OWNED_BY,
  UserEntity,
} from '@backstage/catalog-model';
import {
  CatalogApi,
  getEntityRelations,
} from '@backstage/plugin-catalog-react';

/** Who answers for an entity, and how to reach them. */
export type Owner = {
  entityRef: string;
  name: string;
  /** Chat channels, rotas and whatever else the team lists. */
  links: EntityLink[];
  email?: string;
};

/** The reference of the entity's first owner, as the catalog resolved it. */
export function ownerRefOf(entity: Entity): string | undefined {
  const [owner] = getEntityRelations(entity, RELATION_OWNED_BY);
  return owner && `${owner.kind}:${owner.namespace}/${owner.name}`;
}

/** Asks the catalog for {@link Owner}; an owner it does not know has no links. */
export async function loadOwner(
  catalogApi: CatalogApi,
  ownerRef: string,
): Promise<Owner> {
  const entity = (await catalogApi.getEntityByRef(ownerRef)) as
    | GroupEntity
    | UserEntity
    | undefined;
  return {
    entityRef: ownerRef,
    name:
      entity?.spec.profile?.displayName ??
      entity?.metadata.title ??
      parseEntityRef(ownerRef).name,
    links: entity?.metadata.links ?? [],
    email: entity?.spec.profile?.email,
  };
}
