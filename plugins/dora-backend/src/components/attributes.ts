import { AuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { CohortComponent } from '@waymark/backstage-plugin-dora-common';
import { readEntities } from '@waymark/backstage-plugin-insights-node';
import { AttributeStore } from './AttributeStore';

const FIELDS = ['kind', 'metadata', 'relations'];

/** Both say which template made it: golden paths, and the scaffolder's relation. */
const TEMPLATE = 'waymark.dev/template';
const RELATION_TEMPLATE = 'scaffoldedFrom';

/** What metrics are compared by; languages are named by tags. */
const LANGUAGES = [
  'c',
  'cpp',
  'csharp',
  'dotnet',
  'go',
  'java',
  'javascript',
  'kotlin',
  'node',
  'php',
  'python',
  'ruby',
  'rust',
  'scala',
  'swift',
  'typescript',
];

export function attributesOf(entity: Entity): CohortComponent {
  const { annotations = {}, tags = [] } = entity.metadata;
  const template =
    annotations[TEMPLATE] ?? relation(entity, RELATION_TEMPLATE, 'template');
  const owner = relation(entity, RELATION_OWNED_BY);
  const system = relation(entity, RELATION_PART_OF, 'system');
  const tier = annotations['waymark.dev/tier'];
  const language = LANGUAGES.find(name => tags.includes(name));
  return {
    entityRef: stringifyEntityRef(entity),
    ...(owner && { owner }),
    ...(system && { system }),
    ...(template && { template }),
    ...(tier && { tier }),
    ...(language && { language }),
  };
}

/** The entity that a relation leads to, first by name. */
export function relation(
  entity: Entity,
  type: string,
  kind?: string,
): string | undefined {
  const [first] = (entity.relations ?? [])
    .filter(one => one.type === type)
    .map(({ targetRef }) => targetRef)
    .filter(ref => !kind || parseEntityRef(ref).kind === kind)
    .sort();
  return first;
}

/**
 * Takes over what the catalog says of components.
 *
 * @throws where the catalog does not answer
 */
export async function syncAttributes(
  services: {
    auth: AuthService;
    catalog: CatalogService;
    attributes: AttributeStore;
  },
  signal: AbortSignal,
): Promise<void> {
  const credentials = await services.auth.getOwnServiceCredentials();
  const found: CohortComponent[] = [];
  for await (const items of readEntities(
    services.catalog,
    credentials,
    { kinds: ['component'], fields: FIELDS },
    signal,
  )) {
    found.push(...items.map(attributesOf));
  }
  await services.attributes.replace(found);
}
