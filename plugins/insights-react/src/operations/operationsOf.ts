import {
  ANNOTATION_SOURCE_LOCATION,
  DEFAULT_NAMESPACE,
  Entity,
  EntityLink,
} from '@backstage/catalog-model';

/** Where the code lives, on the Git host's own pages. */
export type Repository = {
  /** `owner/name`. */
  slug: string;
  url: string;
  /** The list of commits on the branch the catalog reads. */
  changesUrl: string;
};

/** What one needs to keep an entity running, as far as the catalog says. */
export type Operations = {
  /** Path of the entity's documentation in this portal. */
  docs?: string;
  runbook?: EntityLink;
  dashboards: EntityLink[];
  health: EntityLink[];
  chat: EntityLink[];
  repository?: Repository;
  /** `pagerduty.com/service-id`. */
  pagerDutyService?: string;
  /** `waymark.dev/tier`: 1 wakes people up, higher can wait longer. */
  tier?: string;
  lifecycle?: string;
  /** `waymark.dev/successor`: entity reference of what replaces it. */
  successor?: string;
};

const TECHDOCS_REF = 'backstage.io/techdocs-ref';
const TECHDOCS_ENTITY = 'backstage.io/techdocs-entity';
const PROJECT_SLUG = 'github.com/project-slug';

function docsPath(entity: Entity): string | undefined {
  const annotations = entity.metadata.annotations ?? {};
  if (!annotations[TECHDOCS_REF] && !annotations[TECHDOCS_ENTITY]) {
    return undefined;
  }
  const { namespace = DEFAULT_NAMESPACE, name } = entity.metadata;
  return `/docs/${[namespace, entity.kind, name]
    .map(part => encodeURIComponent(part.toLowerCase()))
    .join('/')}`;
}

/**
 * Source locations look like `url:https://host/owner/name/tree/branch/`. The
 * host may be GitHub, GitHub Enterprise or the forge: all have these paths.
 */
function repositoryOf(entity: Entity): Repository | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const source = annotations[ANNOTATION_SOURCE_LOCATION] ?? '';
  const match =
    /^url:(https?:\/\/[^/]+)\/([^/]+\/[^/]+)(?:\/(?:tree|blob)\/([^/]+))?/.exec(
      source,
    );
  if (!match) return undefined;
  const [, origin, sourceSlug, branch] = match;
  const slug = annotations[PROJECT_SLUG] ?? sourceSlug;
  const url = `${origin}/${slug}`;
  return {
    slug,
    url,
    changesUrl: branch ? `${url}/commits/${branch}` : `${url}/commits`,
  };
}

/** Reads {@link Operations} from an entity; what is not said stays out. */
export function operationsOf(entity: Entity): Operations {
  const annotations = entity.metadata.annotations ?? {};
  const links = entity.metadata.links ?? [];
  const ofType = (type: string) => links.filter(link => link.type === type);
  const lifecycle = entity.spec?.lifecycle;
  return {
    docs: docsPath(entity),
    // Many write no type, and a title that says it.
    runbook:
      ofType('runbook')[0] ??
      links.find(
        ({ type, title = '' }) => !type && /^run-?book\b/i.test(title),
      ),
    dashboards: ofType('dashboard'),
    health: ofType('health'),
    chat: ofType('chat'),
    repository: repositoryOf(entity),
    pagerDutyService: annotations['pagerduty.com/service-id'],
    tier: annotations['waymark.dev/tier'],
    lifecycle: typeof lifecycle === 'string' ? lifecycle : undefined,
    successor: annotations['waymark.dev/successor'],
  };
}
