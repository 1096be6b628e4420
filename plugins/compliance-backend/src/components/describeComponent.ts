import { createHash } from 'node:crypto';
import {
  ANNOTATION_LOCATION,
  Entity,
  getEntitySourceLocation,
  parseEntityRef,
  parseLocationRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import gitUrlParse from 'git-url-parse';
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

/** Where a component's files are. */
export interface Repository {
  /** A folder of the repository, such as `https://…/tree/main/`. */
  url: string;
  host: string;
  owner: string;
  name: string;
  /** None: the default branch. */
  branch?: string;
  /** Of the host, such as `github`. */
  type: string;
}

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

/** What a repository is found by: hosts and most Git hosts ignore case. */
export function keyOf(at: { host: string; owner: string; name: string }) {
  return `${at.host}/${at.owner}/${at.name}`.toLowerCase();
}

/**
 * Where a component's files are: undefined where the catalog names no place, and
 * a problem in words for the owner where it names one that is not read.
 */
export function locate(
  entity: Entity,
  integrations: ScmIntegrations,
): Repository | { problem: string } | undefined {
  let location;
  try {
    location = getEntitySourceLocation(entity);
  } catch {
    return undefined;
  }
  if (location.type !== 'url') return undefined;
  const repository = parse(location.target, integrations);
  if (!repository) {
    return {
      problem:
        'backstage.io/source-location leads to no repository on a Git host that the portal knows.',
    };
  }
  if (isOfOthers(entity, repository, integrations)) {
    return {
      problem:
        'backstage.io/source-location leads to the repository of another organisation.',
    };
  }
  return repository;
}

/**
 * Anybody can write any source location into their own repository; what is in
 * another organisation's is not shown to them for it.
 */
function isOfOthers(
  entity: Entity,
  repository: Repository,
  integrations: ScmIntegrations,
): boolean {
  const managed = entity.metadata.annotations?.[ANNOTATION_LOCATION];
  if (!managed) return false;
  const { type, target } = parseLocationRef(managed);
  if (type !== 'url') return false;
  const own = parse(target, integrations);
  const organisation = ({ host, owner }: Repository) =>
    `${host}/${owner}`.toLowerCase();
  return !own || organisation(own) !== organisation(repository);
}

function parse(
  url: string,
  integrations: ScmIntegrations,
): Repository | undefined {
  const integration = integrations.byUrl(url);
  if (!integration) return undefined;
  try {
    const { owner, name, ref } = gitUrlParse(url);
    if (!owner || !name) return undefined;
    return {
      url,
      host: new URL(url).host,
      owner,
      name,
      ...(ref && ref !== 'HEAD' && { branch: ref }),
      type: integration.type,
    };
  } catch {
    return undefined;
  }
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
