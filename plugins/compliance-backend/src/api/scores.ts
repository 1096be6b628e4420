import { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  ComponentReport,
  LEVELS,
  OUTCOMES,
  TRACKS,
} from '@waymark/backstage-plugin-compliance-common';
import {
  parse,
  refSchema,
  Visibility,
} from '@waymark/backstage-plugin-insights-node';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { FactStore } from '../facts/FactStore';
import { ComponentList } from '../verdicts/ComponentList';
import { VerdictStore } from '../verdicts/VerdictStore';
import { groupSchema, pageSchema } from './parse';

export const scoresQuerySchema = z
  .object({
    ...pageSchema,
    search: z.string().trim().max(200).optional(),
    owner: groupSchema.optional(),
    system: groupSchema.optional(),
    madeFrom: z.enum(['template', 'nothing']).optional(),
    track: z.enum(TRACKS).optional(),
    level: z.enum([...LEVELS, 'none', 'not-applicable']).optional(),
    rule: z.string().max(100).optional(),
    outcome: z.enum(OUTCOMES).default('fail'),
    sort: z.enum(['score', 'title', 'failed']).default('score'),
    order: z.enum(['asc', 'desc']).default('asc'),
  })
  .strict()
  .refine(({ level, track }) => !level || track, {
    message: 'level: is one of a track; say which',
  });

/**
 * `GET /scores`: the components that the caller may see, a page of them.
 * `GET /scores/:kind/:namespace/:name`: all that is said of one.
 * `POST /scores/:kind/:namespace/:name/refresh`: look at it anew, soon.
 */
export function scoreRoutes(options: {
  httpAuth: HttpAuthService;
  visibility: Visibility;
  list: ComponentList;
  verdicts: VerdictStore;
  facts: FactStore;
  /** Asks for a component at once. */
  refresh(entityRef: string): Promise<void>;
}): Router {
  const { httpAuth, visibility, list, verdicts, facts, refresh } = options;
  const router = PromiseRouter();

  router.get('/scores', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parse(scoresQuerySchema, request.query);
    const visible = await visibility.of(credentials);
    response.json(await list.page(query, visible));
  });

  const seen = async (request: Request) => {
    const { kind, namespace, name } = request.params;
    const credentials = await httpAuth.credentials(request);
    const ref = parse(refSchema, `${kind}:${namespace}/${name}`);
    await visibility.see(ref, credentials);
    return ref;
  };

  const one = '/scores/:kind/:namespace/:name';
  router.get(one, async (request, response) => {
    const entityRef = await seen(request);
    const standing = await verdicts.standing(entityRef);
    if (!standing?.evaluatedAt || !standing.total) {
      // It is there, and there is nothing to say of it yet.
      response.status(204).end();
      return;
    }
    const { id, evaluatedAt, revision, total, ...rest } = standing;
    const origins = await facts.origins(id);
    const report: ComponentReport = {
      entityRef,
      evaluatedAt: evaluatedAt.toISOString(),
      revision: revision!,
      total,
      ...rest,
      origins: origins.map(({ collectedAt, ...origin }) => ({
        ...origin,
        collectedAt: collectedAt.toISOString(),
      })),
    };
    response.json(report);
  });

  router.post(`${one}/refresh`, async (request, response) => {
    await refresh(await seen(request));
    response.status(202).json({});
  });

  return router;
}
