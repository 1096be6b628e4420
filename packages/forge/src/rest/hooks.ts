import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Account } from '../accounts';
import { Context, now } from '../context';
import { ApiError, notFound } from '../errors';
import {
  deliveryShape,
  fullDeliveryShape,
  hookConfig,
  hookShape,
} from '../shapes/hook';
import { HookRecord, RepositoryRecord } from '../store/records';
import { HookScope } from '../store/scopes';
import { PlacedHook } from '../webhooks/dispatcher';
import { bodyOf, changeOf, numberOf, paginate, viewerOf } from './support';

const MAX_HOOKS = 20;

const url = z
  .string()
  .max(2000)
  .url()
  .refine(value => /^https?:\/\//i.test(value), 'must be http or https')
  .refine(value => !new URL(value).username, 'must have no credentials');
const insecure = z.union([z.string(), z.number()]).transform(String);
const config = z.object({
  url,
  content_type: z.enum(['json', 'form']).default('form'),
  secret: z.string().max(1000).nullish(),
  insecure_ssl: insecure.default('0'),
});
const event = z.string().regex(/^([a-z_]{1,60}|\*)$/);
const hookBody = z.object({
  name: z.string().optional(),
  config,
  events: z.array(event).min(1).default(['push']),
  active: z.boolean().default(true),
});
const configChange = z.object({
  url: url.optional(),
  content_type: z.enum(['json', 'form']).optional(),
  secret: z.string().max(1000).nullish(),
  insecure_ssl: insecure.optional(),
});
const hookChange = z.object({
  config: configChange.optional(),
  events: z.array(event).min(1).optional(),
  add_events: z.array(event).default([]),
  remove_events: z.array(event).default([]),
  active: z.boolean().optional(),
});

/** Where hooks hang and who asks. */
interface Place {
  scope: HookScope;
  actor: Account;
  repository: RepositoryRecord | null;
  target: PlacedHook['target'];
  type: 'Repository' | 'Organization';
  base: string;
}

/** What {@link hookRoutes} needs of the webhooks. */
export interface HookSender {
  ping(
    placed: PlacedHook,
    config: object,
    happening: {
      repository: RepositoryRecord | null;
      sender: Account;
      organisation?: Account;
    },
  ): Promise<void>;
  redeliver(
    placed: PlacedHook,
    delivery: NonNullable<ReturnType<HookScope['deliveries']['get']>>,
  ): Promise<unknown>;
}

/** Webhooks of repositories and of organisations. */
export function hookRoutes(context: Context, sender: HookSender): Router {
  const router = PromiseRouter();
  const { access, store, urls } = context;

  const place = (req: Request, res: Response): Place => {
    if (req.params.org !== undefined) {
      const organisation = access.organisationAdmin(
        viewerOf(res),
        req.params.org,
      );
      return {
        scope: store.organisation(organisation.login),
        actor: access.someone(viewerOf(res)),
        repository: null,
        target: { type: 'organization', id: organisation.id },
        type: 'Organization',
        base: `${urls.api}/orgs/${organisation.login}/hooks`,
      };
    }
    const { repository, actor } = changeOf(context, req, res, 'admin');
    return {
      scope: store.of(repository),
      actor,
      repository,
      target: { type: 'repository', id: repository.id },
      type: 'Repository',
      base: `${urls.repositoryApi(repository)}/hooks`,
    };
  };
  const find = (where: Place, req: Request): PlacedHook => {
    const hook = where.scope.hooks.get(String(numberOf(req, 'hook')));
    if (!hook) {
      throw notFound();
    }
    return { scope: where.scope, hook, target: where.target };
  };
  const deliveriesOf = (where: Place, hookId: number) =>
    where.scope.deliveries
      .list()
      .filter(one => one.hookId === hookId)
      .sort((a, b) => b.id - a.id);
  const shape = (where: Place, hook: HookRecord) =>
    hookShape(
      hook,
      where.type,
      `${where.base}/${hook.id}`,
      deliveriesOf(where, hook.id).find(one => one.attempts > 0),
    );
  const ping = (where: Place, req: Request, hook: HookRecord) =>
    sender.ping(
      { scope: where.scope, hook, target: where.target },
      shape(where, hook),
      {
        repository: where.repository,
        sender: where.actor,
        ...(req.params.org === undefined
          ? {}
          : { organisation: context.accounts.get(req.params.org) }),
      },
    );

  const base = ['/repos/:owner/:repo/hooks', '/orgs/:org/hooks'];
  const below = (suffix: string) => base.map(path => `${path}${suffix}`);

  router.get(base, (req, res) => {
    const where = place(req, res);
    res.json(
      paginate(context, req, res, where.scope.hooks.list()).map(hook =>
        shape(where, hook),
      ),
    );
  });
  router.post(base, async (req, res) => {
    const where = place(req, res);
    const body = bodyOf(req, hookBody, 'Hook');
    const { hooks } = where.scope;
    const same = hooks
      .list()
      .some(
        hook =>
          hook.url === body.config.url &&
          hook.events.some(name => body.events.includes(name)),
      );
    if (same) {
      throw new ApiError(422, 'Validation Failed', [
        {
          resource: 'Hook',
          code: 'custom',
          message: `Hook already exists on this ${where.type.toLowerCase()}`,
        },
      ]);
    }
    if (hooks.size >= MAX_HOOKS) {
      throw new ApiError(
        422,
        `Validation Failed: The "push" event cannot have more than ${MAX_HOOKS} hooks`,
      );
    }
    const at = now();
    const hook: HookRecord = {
      id: store.newId(),
      url: body.config.url,
      contentType: body.config.content_type,
      secret: body.config.secret || null,
      insecureSsl: body.config.insecure_ssl === '1',
      events: [...new Set(body.events)],
      active: body.active,
      createdAt: at,
      updatedAt: at,
    };
    await hooks.put(hook);
    await ping(where, req, hook);
    res.status(201).json(shape(where, hook));
  });
  router.get(below('/:hook'), (req, res) => {
    const where = place(req, res);
    res.json(shape(where, find(where, req).hook));
  });
  router.get(below('/:hook/config'), (req, res) => {
    const where = place(req, res);
    res.json(hookConfig(find(where, req).hook));
  });
  const update = async (
    where: Place,
    hook: HookRecord,
    body: z.output<typeof hookChange>,
  ) => {
    const { config: next = {} } = body;
    const events = (body.events ?? hook.events)
      .concat(body.add_events)
      .filter(name => !body.remove_events.includes(name));
    const updated: HookRecord = {
      ...hook,
      url: next.url ?? hook.url,
      contentType: next.content_type ?? hook.contentType,
      secret: next.secret === undefined ? hook.secret : next.secret || null,
      insecureSsl:
        next.insecure_ssl === undefined
          ? hook.insecureSsl
          : next.insecure_ssl === '1',
      events: [...new Set(events)],
      active: body.active ?? hook.active,
      updatedAt: now(),
    };
    await where.scope.hooks.put(updated);
    return updated;
  };
  router.patch(below('/:hook/config'), async (req, res) => {
    const where = place(req, res);
    const body = bodyOf(req, configChange, 'Hook');
    const hook = await update(where, find(where, req).hook, {
      config: body,
      add_events: [],
      remove_events: [],
    });
    res.json(hookConfig(hook));
  });
  router.patch(below('/:hook'), async (req, res) => {
    const where = place(req, res);
    const body = bodyOf(req, hookChange, 'Hook');
    res.json(shape(where, await update(where, find(where, req).hook, body)));
  });
  router.delete(below('/:hook'), async (req, res) => {
    const where = place(req, res);
    const { hook } = find(where, req);
    await where.scope.hooks.delete(String(hook.id));
    for (const delivery of deliveriesOf(where, hook.id)) {
      await where.scope.deliveries.delete(String(delivery.id));
    }
    res.status(204).end();
  });
  router.post(below('/:hook/pings'), async (req, res) => {
    const where = place(req, res);
    await ping(where, req, find(where, req).hook);
    res.status(204).end();
  });

  router.get(below('/:hook/deliveries'), (req, res) => {
    const where = place(req, res);
    const all = deliveriesOf(where, find(where, req).hook.id);
    res.json(paginate(context, req, res, all).map(deliveryShape));
  });
  const delivery = (where: Place, req: Request) => {
    const placed = find(where, req);
    const found = where.scope.deliveries.get(String(numberOf(req, 'id')));
    if (found?.hookId !== placed.hook.id) {
      throw notFound();
    }
    return { placed, found };
  };
  router.get(below('/:hook/deliveries/:id'), (req, res) => {
    const where = place(req, res);
    const { placed, found } = delivery(where, req);
    res.json(fullDeliveryShape(found, placed.hook.url));
  });
  router.post(below('/:hook/deliveries/:id/attempts'), async (req, res) => {
    const where = place(req, res);
    const { placed, found } = delivery(where, req);
    await sender.redeliver(placed, found);
    res.status(202).json({});
  });
  return router;
}
