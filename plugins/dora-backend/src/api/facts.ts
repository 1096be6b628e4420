import { HttpAuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  changesQuerySchema,
  deploymentsQuerySchema,
  incidentsQuerySchema,
} from '@waymark/backstage-plugin-dora-common';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { FactFilter, FactPage, FactStore } from '../facts/FactStore';
import { parse, refSchema } from './parse';
import { Visibility } from './Visibility';

const cursorSchema = z.coerce.number().int().min(0).max(1_000_000);

/** What the three lists are asked. */
interface Query {
  entityRef?: string;
  from: number;
  to: number;
  limit: number;
  cursor?: string;
  counted?: string;
}

/**
 * `GET /deployments`, `/changes` and `/incidents`
 * `?entityRef=&from=&to=&timeZone=&limit=&cursor=`: those of a component that the
 * caller may see, latest first.
 */
export function factRoutes(options: {
  httpAuth: HttpAuthService;
  visibility: Visibility;
  facts: FactStore;
}): Router {
  const { httpAuth, visibility, facts } = options;
  const router = PromiseRouter();

  const list = <T>(
    path: string,
    schema: z.ZodType<Query>,
    page: (filter: FactFilter) => Promise<FactPage<T>>,
  ) =>
    router.get(path, async (request: Request, response) => {
      const credentials = await httpAuth.credentials(request);
      const { cursor, counted, ...query } = parse(schema, request.query);
      if (query.entityRef === undefined || counted !== undefined) {
        throw new InputError('Give entityRef, and not counted');
      }
      const entityRef = parse(refSchema, query.entityRef);
      await visibility.see(entityRef, credentials);
      const offset = parse(cursorSchema, cursor ?? 0);
      const { limit } = query;
      const { items, total } = await page({ ...query, entityRef, offset });
      const next = offset + items.length;
      response.json({
        items,
        total,
        ...(items.length === limit && next < total && { next: String(next) }),
      });
    });

  list('/deployments', deploymentsQuerySchema, f => facts.deployments(f));
  list('/changes', changesQuerySchema, f => facts.changes(f));
  list('/incidents', incidentsQuerySchema, f => facts.incidents(f));
  return router;
}
