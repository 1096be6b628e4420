import { NotFoundError } from '@backstage/errors';
import { parse } from '@waymark/backstage-plugin-insights-node';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { DELIVERY_STATES, InboxStore } from '../ingest/InboxStore';
import { Care, CareServices } from './Care';

const idSchema = z
  .string()
  .regex(/^[1-9]\d{0,17}$/, 'must be the id of a delivery');
export const deliveriesQuerySchema = z
  .object({
    source: z.string().max(100).optional(),
    state: z.enum(DELIVERY_STATES).optional(),
    cursor: idSchema.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .strict();

/**
 * `GET /deliveries?source=&state=&limit=&cursor=`: what came in and what became of
 * it, latest first; `state=quarantined` is the quarantine.
 * `POST /deliveries/:id/replay`: reads one again.
 * `POST /rebuild`: reads all again, and makes all facts anew.
 */
export function deliveryRoutes(
  options: CareServices & {
    inbox: InboxStore;
    sources: ReadonlyMap<string, unknown>;
    /** Has what waits done soon. */
    wake: () => void;
  },
): Router {
  const { inbox, sources, wake } = options;
  const router = PromiseRouter();
  const care = new Care(options);

  router.get('/deliveries', async (request, response) => {
    await care.require(request);
    const { cursor, ...query } = parse(deliveriesQuerySchema, request.query);
    const [items, counts] = await Promise.all([
      inbox.list({ ...query, ...(cursor && { before: cursor }) }),
      inbox.count(query.source),
    ]);
    response.json({
      items,
      counts,
      sources: [...sources.keys()].sort(),
      ...(items.length === query.limit && { next: items.at(-1)!.id }),
    });
  });

  router.post('/deliveries/:id/replay', async (request, response) => {
    const { id } = request.params;
    const meta = { delivery: id.slice(0, 20) };
    const replayed = await care.audited(
      request,
      'delivery-replay',
      meta,
      async () => {
        const found = await inbox.replay(parse(idSchema, id));
        if (!found) throw new NotFoundError(`There is no delivery ${id}`);
        return found;
      },
    );
    wake();
    response.status(202).json(replayed);
  });

  router.post('/rebuild', async (request, response) => {
    const rebuilt = await care.audited(request, 'rebuild', {}, () =>
      inbox.rebuild(),
    );
    wake();
    response.status(202).json(rebuilt);
  });

  return router;
}
