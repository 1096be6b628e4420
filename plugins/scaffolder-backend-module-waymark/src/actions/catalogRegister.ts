import { setTimeout as delay } from 'node:timers/promises';
import {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ConflictError, NotFoundError, ResponseError } from '@backstage/errors';
import {
  CatalogService,
  locationSpecToLocationEntity,
} from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { announcePush } from '../announcePush';
import { IsDiscovered } from '../discovered';
import { WhenDiscoveryRests } from '../discoveryRuns';

const POLL_MS = 250;
const TIMEOUT_SECONDS = 60;
/** How often the catalog is asked to look at the repository now. */
const REFRESH_MS = 5_000;
/** How long discovery may take before the location is registered by hand. */
const DISCOVERY_SECONDS = 15;
/** Milliseconds after the end when to look whether discovery took it out again. */
const LOOK_AGAIN_MS = [20_000, 60_000, 180_000];

/**
 * Brings a new repository into the catalog and waits until it is really there,
 * so that the link to its page opens.
 *
 * Where discovery covers the organisation, the repository's own push is enough:
 * a location beside it would be a second source for the same entity. Elsewhere,
 * or when discovery does not answer, the location is registered. Running it
 * twice changes nothing.
 *
 * A catalog that was stopped while it read the repository, or could not read
 * it, comes back to it after its processing interval: too late for somebody who
 * waits. So it is asked to look again, and discovery is told of the push where
 * it has not heard of it.
 *
 * A run of discovery that listed the repositories before this one was made takes
 * it out of the catalog again when it ends. So where one is at work its end is
 * waited for, and discovery is told again. As the runs of a large company are too
 * long to be waited for, the portal also looks a few times afterwards.
 */
export function createCatalogRegisterAction(options: {
  auth: AuthService;
  catalog: CatalogService;
  events: EventsService;
  isDiscovered: IsDiscovered;
  logger: LoggerService;
  whenDiscoveryRests: WhenDiscoveryRests;
  /** Milliseconds between two requests to look again. */
  refreshMs?: number;
}) {
  const {
    auth,
    catalog,
    events,
    isDiscovered,
    logger,
    whenDiscoveryRests,
    refreshMs = REFRESH_MS,
  } = options;

  /** Tells discovery of a repository that the catalog has lost. */
  const restore = async (entityRef: string, catalogInfoUrl: string) => {
    try {
      const credentials = await auth.getOwnServiceCredentials();
      if (await catalog.getEntityByRef(entityRef, { credentials })) return;
      logger.info(`Bringing ${entityRef} back: discovery had not seen it yet`);
      await announcePush(events, catalogInfoUrl);
    } catch (error) {
      logger.warn(`Could not see whether ${entityRef} is there: ${error}`);
    }
  };

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
      const location = stringifyEntityRef(
        locationSpecToLocationEntity({
          location: { type: 'url', target: catalogInfoUrl },
        }),
      );
      const discovered = isDiscovered(catalogInfoUrl);
      // Nobody owns a location; asking for it is the portal's own business.
      const portal = await auth.getOwnServiceCredentials();
      const find = (until: number) =>
        waitForEntity({
          find: () => catalog.getEntityByRef(entityRef, { credentials }),
          refresh: async () => {
            if (await refreshIfThere(catalog, location, portal)) return;
            if (discovered) await announcePush(events, catalogInfoUrl);
          },
          refreshMs,
          until,
          signal: ctx.signal,
        });

      let entity = discovered
        ? await find(Math.min(deadline, Date.now() + DISCOVERY_SECONDS * 1000))
        : await find(Date.now());
      if (!entity) {
        ctx.logger.info(`Registering ${catalogInfoUrl}`);
        await addLocation(catalog, catalogInfoUrl, credentials);
        entity = await find(deadline);
      }
      if (entity && discovered && (await whenDiscoveryRests(ctx.signal))) {
        entity = await find(Date.now());
        if (!entity) {
          ctx.logger.info('Telling discovery, which had not seen it yet');
          await announcePush(events, catalogInfoUrl);
          // It has been there: the wait for discovery is not to fail the creation.
          entity = await find(Date.now() + DISCOVERY_SECONDS * 1000);
        }
      }
      if (!entity) {
        throw new NotFoundError(
          `${entityRef} did not appear in the catalog within ${timeoutSeconds} s. Open ${catalogInfoUrl} and check that it is valid; the catalog goes on trying.`,
        );
      }
      assertSameRepository(entity, catalogInfoUrl);
      ctx.logger.info(`${entityRef} is in the catalog`);
      for (const ms of discovered ? LOOK_AGAIN_MS : []) {
        setTimeout(restore, ms, entityRef, catalogInfoUrl).unref();
      }
      ctx.output('entityRef', entityRef);
      ctx.output('catalogInfoUrl', catalogInfoUrl);
    },
  });
}

async function waitForEntity(options: {
  find: () => Promise<Entity | undefined>;
  refresh: () => Promise<void>;
  refreshMs: number;
  until: number;
  signal?: AbortSignal;
}): Promise<Entity | undefined> {
  const { find, refresh, refreshMs, until, signal } = options;
  let nextRefresh = Date.now() + refreshMs;
  for (;;) {
    const entity = await find();
    if (entity || Date.now() >= until) return entity;
    if (Date.now() >= nextRefresh) {
      await refresh();
      nextRefresh = Date.now() + refreshMs;
    }
    await delay(POLL_MS, undefined, { signal });
  }
}

/** @returns whether the catalog knows the location */
async function refreshIfThere(
  catalog: CatalogService,
  locationRef: string,
  credentials: BackstageCredentials,
): Promise<boolean> {
  try {
    await catalog.refreshEntity(locationRef, { credentials });
    return true;
  } catch (error) {
    // Neither discovery nor a registration has brought it in yet.
    if (nameOf(error) !== 'NotFoundError') throw error;
    return false;
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
    if (nameOf(error) !== 'ConflictError') throw error;
  }
}

/** What the catalog called an error; over HTTP that is the cause of another. */
function nameOf(error: unknown): string | undefined {
  if (error instanceof ResponseError) return error.cause.name;
  return error instanceof Error ? error.name : undefined;
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
