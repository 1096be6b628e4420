import { HttpAuthService } from '@backstage/backend-plugin-api';
import { History, Summary } from '@waymark/backstage-plugin-compliance-common';
import {
  parse,
  refSchema,
  Visibility,
} from '@waymark/backstage-plugin-insights-node';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { CompanySummary } from '../history/CompanySummary';
import { HistoryStore, Scope } from '../history/HistoryStore';
import { Titles } from '../history/titles';
import { groupSchema } from './parse';

export const summaryQuerySchema = z
  .object({ by: z.enum(['owner', 'system']).default('owner') })
  .strict();
export const historyQuerySchema = z
  .object({
    entityRef: refSchema.optional(),
    owner: groupSchema.optional(),
    system: groupSchema.optional(),
    days: z.coerce.number().int().min(1).max(730).default(364),
  })
  .strict()
  .refine(
    ({ entityRef, owner, system }) =>
      [entityRef, owner, system].filter(one => one !== undefined).length < 2,
    { message: 'Name an entityRef, an owner or a system, or none of them' },
  );

/**
 * `GET /summary?by=owner|system`: the scores of groups, by track.
 * `GET /history?entityRef=|owner=|system=&days=`: how a score came about.
 * Both are of the components that the caller may see.
 */
export function companyRoutes(options: {
  httpAuth: HttpAuthService;
  visibility: Visibility;
  summary: CompanySummary;
  titles: Titles;
  history: HistoryStore;
}): Router {
  const { httpAuth, visibility, summary, titles, history } = options;
  const router = PromiseRouter();

  router.get('/summary', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { by } = parse(summaryQuerySchema, request.query);
    const visible = await visibility.of(credentials);
    const { groups, ...rest } = await summary.read(by, visible);
    const named = await titles.of(
      groups.map(({ ref }) => ref),
      credentials,
    );
    const answer: Summary = {
      ...rest,
      groups: groups.map(group => ({
        ...group,
        title: named.get(group.ref)!,
      })),
    };
    response.json(answer);
  });

  router.get('/history', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { entityRef, owner, system, days } = parse(
      historyQuerySchema,
      request.query,
    );
    let answer: History;
    if (entityRef) {
      await visibility.see(entityRef, credentials);
      const scope: Scope = { kind: 'component', ref: entityRef };
      answer = { points: await history.points(scope, days, 'all') };
    } else {
      const visible = await visibility.of(credentials);
      const scope = scopeOf(owner, system);
      answer = { points: await history.points(scope, days, visible) };
    }
    response.json(answer);
  });

  return router;
}

function scopeOf(owner?: string, system?: string): Scope {
  if (owner !== undefined) return { kind: 'owner', ref: owner };
  if (system !== undefined) return { kind: 'system', ref: system };
  return { kind: 'all' };
}
