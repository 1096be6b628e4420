import { NotFoundError } from '@backstage/errors';
import { parse } from '@waymark/backstage-plugin-insights-node';
import { json, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { BackfillService } from '../backfill/BackfillService';
import { Care, CareServices } from './Care';

export const backfillQuerySchema = z
  .object({
    cursor: z.coerce.number().int().min(0).max(1_000_000).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .strict();
export const backfillBodySchema = z
  .object({
    /** `host/owner/name`; left out for all. */
    repository: z.string().min(1).max(1_000).toLowerCase().optional(),
  })
  .strict();

/**
 * `GET /backfill?limit=&cursor=`: how far the history of each repository was fetched,
 * those that need somebody first.
 * `POST /backfill`: fetches it again, of one repository or all.
 */
export function backfillRoutes(
  options: CareServices & { backfill: BackfillService },
): Router {
  const { backfill } = options;
  const router = PromiseRouter();
  const care = new Care(options);

  router.get('/backfill', async (request, response) => {
    await care.require(request);
    const { cursor: offset = 0, limit } = parse(
      backfillQuerySchema,
      request.query,
    );
    const [items, counts] = await Promise.all([
      backfill.list({ offset, limit }),
      backfill.count(),
    ]);
    response.json({
      items,
      counts,
      days: backfill.days,
      ...(items.length === limit && { next: String(offset + limit) }),
    });
  });

  router.post(
    '/backfill',
    json({ limit: '10kb' }),
    async (request, response) => {
      const of = String(request.body?.repository ?? 'all').slice(0, 300);
      const repositories = await care.audited(
        request,
        'backfill-start',
        { repository: of },
        async () => {
          const { repository } = parse(backfillBodySchema, request.body ?? {});
          const started = await backfill.restart(repository);
          if (repository && started === 0) {
            throw new NotFoundError(
              `No component of the catalog is in ${repository}`,
            );
          }
          return started;
        },
      );
      response.status(202).json({ repositories });
    },
  );

  return router;
}
