import {
  GroupEntity,
  parseEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogApi } from '@backstage/plugin-catalog-react';

/** The component that has a name already. */
export type NameHolder = {
  entityRef: string;
  /** What its owner is called; absent where it has none. */
  owner?: string;
};

async function ownerName(catalogApi: CatalogApi, ownerRef: string) {
  const { items } = await catalogApi.getEntitiesByRefs({
    entityRefs: [ownerRef],
    fields: ['kind', 'metadata', 'spec.profile'],
  });
  const owner = items[0] as GroupEntity | undefined;
  const name =
    owner?.spec.profile?.displayName ??
    owner?.metadata.title ??
    parseEntityRef(ownerRef).name;
  return owner?.kind === 'Group' ? `team ${name}` : name;
}

/** Looks for a component of this name; nothing where the name is free. */
export async function findNameHolder(
  catalogApi: CatalogApi,
  name: string,
): Promise<NameHolder | undefined> {
  const { items } = await catalogApi.getEntitiesByRefs({
    entityRefs: [`component:default/${name}`],
    fields: ['kind', 'metadata.name', 'metadata.namespace', 'relations'],
  });
  const holder = items[0];
  if (!holder) return undefined;
  const ownerRef = holder.relations?.find(
    ({ type }) => type === RELATION_OWNED_BY,
  )?.targetRef;
  return {
    entityRef: stringifyEntityRef(holder),
    owner: ownerRef && (await ownerName(catalogApi, ownerRef)),
  };
}

/** Says that a name is taken, and by whom. */
export function takenMessage(name: string, { owner }: NameHolder): string {
  return owner
    ? `${name} is taken: it belongs to ${owner}.`
    : `${name} is taken: a component of this name is in the catalog.`;
}
