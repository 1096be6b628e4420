import { setTimeout as delay } from 'node:timers/promises';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { IsDiscovered } from '../discovered';

const POLL_MS = 250;
const TIMEOUT_SECONDS = 60;
/** How long discovery may take before the location is registered by hand. */
const DISCOVERY_SECONDS = 15;

/**
 * Brings a new repository into the catalog and waits until it is really there,
 * so that the link to its page opens.
 *
 * Where discovery covers the organisation, the repository's own push is enough:
 * a location beside it would be a second source for the same entity. Elsewhere,
 * or when discovery does not answer, the location is registered. Running it
 * twice changes nothing.
 */
export function createCatalogRegisterAction(options: {
  catalog: CatalogService;
  isDiscovered: IsDiscovered;
}) {
  const { catalog, isDiscovered } = options;

  return createTemplateAction({
    id: 'waymark:catalog:register',
    description:
      'Brings a repository into the catalog and waits until its entity is there.',
    schema: {
      input: {
        entityRef: z =>
          z.string().describe('The entity that the repository describes'),
        catalogInfoUrl: z =>
          z.string().url().describe('URL of its catalog-info.yaml'),
        timeoutSeconds: z =>
          z
            .number()
            .int()
            .min(1)
            .max(600)
            .optional()
            .describe(
              `How long to wait for the entity, in seconds. Default ${TIMEOUT_SECONDS}`,
            ),
      },
      output: {
        entityRef: z => z.string(),
        catalogInfoUrl: z => z.string(),
      },
    },
    async handler(ctx) {
      const { catalogInfoUrl, timeoutSeconds = TIMEOUT_SECONDS } = ctx.input;
      const entityRef = stringifyEntityRef(parseEntityRef(ctx.input.entityRef));
      const credentials = await ctx.getInitiatorCredentials();
      const deadline = Date.now() + timeoutSeconds * 1000;
      const find = (until: number) =>
        waitForEntity({ catalog, credentials, entityRef, until, ctx });

      let entity = isDiscovered(catalogInfoUrl)
        ? await find(Math.min(deadline, Date.now() + DISCOVERY_SECONDS * 1000))
        : await find(Date.now());
      if (!entity) {
        ctx.logger.info(`Registering ${catalogInfoUrl}`);
        await addLocation(catalog, catalogInfoUrl, credentials);
        entity = await find(deadline);
      }
      if (!entity) {
        throw new NotFoundError(
          `${entityRef} did not appear in the catalog within ${timeoutSeconds} s. Open ${catalogInfoUrl} and check that it is valid; the catalog goes on trying.`,
        );
      }
      assertSameRepository(entity, catalogInfoUrl);
      ctx.logger.info(`${entityRef} is in the catalog`);
      ctx.output('entityRef', entityRef);
      ctx.output('catalogInfoUrl', catalogInfoUrl);
    },
  });
}

async function waitForEntity(options: {
  catalog: CatalogService;
  credentials: BackstageCredentials;
  entityRef: string;
  until: number;
  ctx: { signal?: AbortSignal };
}): Promise<Entity | undefined> {
  const { catalog, credentials, entityRef, until, ctx } = options;
  for (;;) {
    const entity = await catalog.getEntityByRef(entityRef, { credentials });
    if (entity || Date.now() >= until) return entity;
    await delay(POLL_MS, undefined, { signal: ctx.signal });
  }
}

async function addLocation(
  catalog: CatalogService,
  target: string,
  credentials: BackstageCredentials,
) {
  try {
    await catalog.addLocation({ type: 'url', target }, { credentials });
  } catch (error) {
    // A retried task finds what its first run registered.
    if (!(error instanceof Error && error.name === 'ConflictError')) {
      throw error;
    }
  }
}

function assertSameRepository(entity: Entity, catalogInfoUrl: string) {
  const location = entity.metadata.annotations?.[ANNOTATION_LOCATION] ?? '';
  const [, host, owner, repo] = repositoryOf(catalogInfoUrl);
  const [, otherHost, otherOwner, otherRepo] = repositoryOf(
    location.replace(/^url:/, ''),
  );
  if (host !== otherHost || owner !== otherOwner || repo !== otherRepo) {
    throw new ConflictError(
      `${stringifyEntityRef(
        entity,
      )} is already in the catalog, from ${location}. Choose another name.`,
    );
  }
}

function repositoryOf(url: string): string[] {
  return /^https?:\/\/([^/]+)\/([^/]+)\/([^/]+)/.exec(url) ?? [];
}
