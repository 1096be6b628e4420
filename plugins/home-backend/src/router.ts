import {
  HttpAuthService,
  LoggerService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Commits } from '@waymark/backstage-plugin-home-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import pLimit from 'p-limit';
import { z } from 'zod';
import { latestFirst } from './latestFirst';
import { ownComponents } from './ownComponents';
import { ReadCommits } from './readCommits';

const querySchema = z.object({
  limit: z.coerce.number().int().min(1).max(50).default(10),
});
/** Repositories that are read at the same time for one answer. */
const AT_ONCE = 4;

/**
 * `GET /commits?limit=` (1 to 50, 10 when left out): the latest commits on the
 * default branches of the components that the caller or their groups own. The
 * caller must be a user; which components there are is the catalog's decision,
 * made with the caller's own permissions.
 */
export function createRouter(options: {
  catalog: CatalogService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  readCommits: ReadCommits;
  userInfo: UserInfoService;
}): Router {
  const { catalog, httpAuth, logger, readCommits, userInfo } = options;
  const router = PromiseRouter();

  router.get('/commits', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const query = querySchema.safeParse(request.query);
    if (!query.success) {
      throw new InputError('limit must be a whole number from 1 to 50');
    }
    const { limit } = query.data;
    const { ownershipEntityRefs } = await userInfo.getUserInfo(credentials);
    const components = await ownComponents(
      catalog,
      credentials,
      ownershipEntityRefs,
    );
    const unreadable: string[] = [];
    const atOnce = pLimit(AT_ONCE);
    const commits = await Promise.all(
      components.map(component =>
        atOnce(async () => {
          try {
            return await readCommits(component, limit);
          } catch (error) {
            // One repository that is gone must not hide the others.
            logger.debug(
              `Commits of ${component.entityRef} could not be read: ${error}`,
            );
            unreadable.push(component.entityRef);
            return [];
          }
        }),
      ),
    );
    const answer: Commits = {
      commits: latestFirst(commits.flat(), limit),
      unreadable: unreadable.sort(),
    };
    response.json(answer);
  });

  return router;
}
