import { createHash } from 'node:crypto';
import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_OWNED_BY,
  RELATION_PROVIDES_API,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { readEntities } from '@waymark/backstage-plugin-insights-node';
import { ComponentStore } from './ComponentStore';
import { describeComponent, DESCRIBED_FIELDS } from './describeComponent';

const NAMES = ['kind', 'metadata.name', 'metadata.namespace'];
/** What rules see of the entities that a component stands beside. */
const BESIDE = [
  { kinds: ['api'], fields: [...NAMES, 'metadata.etag'] },
  // Their own tags change with everything that they own.
  { kinds: ['group', 'user'], fields: [...NAMES, 'metadata.annotations'] },
];

/**
 * Takes over which components there are. What the catalog cannot say right now
 * is left as it is.
 *
 * @throws where the catalog does not answer
 */
export async function syncComponents(
  services: {
    auth: AuthService;
    catalog: CatalogService;
    integrations: ScmIntegrations;
    components: ComponentStore;
  },
  signal?: AbortSignal,
): Promise<void> {
  const { auth, catalog, integrations, components } = services;
  const credentials = await auth.getOwnServiceCredentials();
  const beside = await readBeside(catalog, credentials, signal);
  const entityRefs: string[] = [];
  const wanted = { kinds: ['component'], fields: DESCRIBED_FIELDS };
  for await (const page of readEntities(catalog, credentials, wanted, signal)) {
    const described = page.map(entity => {
      const component = describeComponent(entity, integrations);
      return { ...component, etag: etagOf(entity, component.etag, beside) };
    });
    await components.save(described);
    entityRefs.push(...described.map(({ entityRef }) => entityRef));
  }
  await components.retain(entityRefs);
}

async function readBeside(
  catalog: CatalogService,
  credentials: BackstageCredentials,
  signal?: AbortSignal,
): Promise<Map<string, string>> {
  const states = new Map<string, string>();
  for (const wanted of BESIDE) {
    for await (const page of readEntities(
      catalog,
      credentials,
      wanted,
      signal,
    )) {
      for (const entity of page) {
        const { annotations, etag } = entity.metadata;
        states.set(stringifyEntityRef(entity), digest([etag, annotations]));
      }
    }
  }
  return states;
}

/** Changes with the entity, its owner and its APIs. */
function etagOf(
  entity: Entity,
  own: string,
  beside: ReadonlyMap<string, string>,
): string {
  const related = (entity.relations ?? [])
    .filter(
      ({ type }) =>
        type === RELATION_OWNED_BY || type === RELATION_PROVIDES_API,
    )
    .map(({ targetRef }) => [targetRef, beside.get(targetRef) ?? null])
    .sort();
  return digest([own, ...related]);
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
