import { createHash } from 'node:crypto';
import {
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { keyOf, locate } from '@waymark/repositories';
import { CatalogedComponent } from './ComponentStore';

/** What the catalog is asked for of each component. */
export const DESCRIBED_FIELDS = [
  'apiVersion',
  'kind',
  'metadata',
  'relations',
  'spec.lifecycle',
];

/** Both say which template made it: golden paths, and the scaffolder's relation. */
const TEMPLATE = 'waymark.dev/template';
const RELATION_TEMPLATE = 'scaffoldedFrom';

/** The component as it is listed and found. */
export function describeComponent(
  entity: Entity,
  integrations: ScmIntegrations,
): CatalogedComponent {
  const place = locate(entity, integrations);
  const repository = place && !('problem' in place) ? place : undefined;
  const template =
    entity.metadata.annotations?.[TEMPLATE] ??
    relation(entity, RELATION_TEMPLATE);
  const owner = relation(entity, RELATION_OWNED_BY);
  const system = relation(entity, RELATION_PART_OF, 'system');
  const lifecycle = entity.spec?.lifecycle;
  return {
    entityRef: stringifyEntityRef(entity),
    title: entity.metadata.title ?? entity.metadata.name,
    ...(owner && { owner }),
    ...(system && { system }),
    ...(typeof lifecycle === 'string' && { lifecycle }),
    ...(template && { template: refOf(template) }),
    ...(repository && { repository: keyOf(repository) }),
    ...(repository?.branch && { branch: repository.branch }),
    etag: entity.metadata.etag ?? hash(entity),
  };
}

/** The entity that a relation leads to, first by name. */
function relation(
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

function refOf(text: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(text, { defaultKind: 'template' }),
    );
  } catch {
    return text;
  }
}

function hash(entity: Entity): string {
  return createHash('sha256').update(JSON.stringify(entity)).digest('hex');
}
