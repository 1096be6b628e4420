import {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { doraIngestPermission } from '@waymark/backstage-plugin-dora-common';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { DELIVERY_STATES, InboxStore } from '../ingest/InboxStore';
import { parse } from './parse';
import { Visibility } from './Visibility';

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
export function deliveryRoutes(options: {
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  visibility: Visibility;
  inbox: InboxStore;
  sources: ReadonlyMap<string, unknown>;
  /** Has what waits done soon. */
  wake: () => void;
}): Router {
  const { auditor, httpAuth, visibility, inbox, sources, wake } = options;
  const router = PromiseRouter();

  const require = (credentials: BackstageCredentials) =>
    visibility.require(doraIngestPermission, credentials, 'manage deliveries');

  /** Writes down who did it, also where it was refused. */
  const audited = async <T>(
    request: Request,
    eventId: string,
    meta: Record<string, string>,
    act: () => Promise<T>,
  ): Promise<T> => {
    const credentials = await httpAuth.credentials(request);
    const event = await auditor.createEvent({
      eventId,
      request,
      severityLevel: 'medium',
      meta,
    });
    try {
      await require(credentials);
      const done = await act();
      await event.success();
      return done;
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  };

  router.get('/deliveries', async (request, response) => {
    await require(await httpAuth.credentials(request));
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
    const replayed = await audited(
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
    const deliveries = await audited(request, 'rebuild', {}, () =>
      inbox.rebuild(),
    );
    wake();
    response.status(202).json({ deliveries });
  });

  return router;
}
