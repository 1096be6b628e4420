import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Context, now } from '../context';
import { invalid } from '../errors';
import { RepositoryRecord } from '../store/records';
import { bodyOf, changeOf, numberOf, paginate, repositoryOf } from './support';

const TOPIC = /^[a-z0-9][a-z0-9-]{0,49}$/;
const topics = z.object({ names: z.array(z.string()).max(20) });
const oidc = z.object({
  use_default: z.boolean(),
  include_claim_keys: z.array(z.string()).optional(),
});
const subscription = z.object({
  subscribed: z.boolean().default(true),
  ignored: z.boolean().default(false),
});
const workflowAccess = z.object({
  access_level: z.enum(['none', 'user', 'organization', 'enterprise']),
});
const deployKey = z.object({
  title: z.string().min(1),
  key: z.string().min(1).max(10_000),
  read_only: z.boolean().default(false),
});
const autolink = z.object({
  key_prefix: z.string().min(1),
  url_template: z.string().url(),
  is_alphanumeric: z.boolean().default(true),
});

/** Topics and the smaller settings of a repository. */
export function settingsRoutes(context: Context): Router {
  const router = PromiseRouter();
  const { store, urls } = context;
  const update = (
    repository: RepositoryRecord,
    change: (current: RepositoryRecord) => RepositoryRecord,
  ) => store.updateRepository(repository.id, change);
  const base = '/repos/:owner/:repo';

  router.get(`${base}/topics`, (req, res) => {
    res.json({ names: repositoryOf(context, req, res).topics });
  });
  router.put(`${base}/topics`, async (req, res) => {
    const { repository, actor } = changeOf(context, req, res, 'maintain');
    const names = [...new Set(bodyOf(req, topics, 'Repository').names)];
    if (!names.every(name => TOPIC.test(name))) {
      throw invalid(
        'Repository',
        'topics',
        'Topics must start with a lowercase letter or number, consist of 50 characters or less, and can include hyphens.',
      );
    }
    const next = await update(repository, current => ({
      ...current,
      topics: names,
      updatedAt: now(),
    }));
    if (names.join() !== repository.topics.join()) {
      await context.webhooks.emit({
        event: 'repository',
        action: 'edited',
        repository: next,
        sender: actor,
        payload: {
          action: 'edited',
          changes: { topics: { from: repository.topics } },
        },
      });
    }
    res.json({ names });
  });

  router.put(`${base}/subscription`, async (req, res) => {
    const { repository, actor } = changeOf(context, req, res, 'pull');
    const body = bodyOf(req, subscription, 'Subscription');
    await update(repository, current => ({
      ...current,
      subscribers: current.subscribers
        .filter(login => login !== actor.login)
        .concat(body.subscribed ? [actor.login] : []),
    }));
    res.json({
      ...body,
      reason: null,
      created_at: now(),
      url: `${urls.repositoryApi(repository)}/subscription`,
      repository_url: urls.repositoryApi(repository),
    });
  });

  router.get(`${base}/actions/oidc/customization/sub`, (req, res) => {
    const repository = repositoryOf(context, req, res);
    res.json(repository.oidc ?? { use_default: true });
  });
  router.put(`${base}/actions/oidc/customization/sub`, async (req, res) => {
    const { repository } = changeOf(context, req, res, 'admin');
    const body = bodyOf(req, oidc, 'OIDC');
    await update(repository, current => ({ ...current, oidc: body }));
    res.status(201).json({});
  });
  router.get(`${base}/actions/permissions/access`, (req, res) => {
    const { repository } = changeOf(context, req, res, 'admin');
    res.json({ access_level: repository.workflowAccess });
  });
  router.put(`${base}/actions/permissions/access`, async (req, res) => {
    const { repository } = changeOf(context, req, res, 'admin');
    const body = bodyOf(req, workflowAccess, 'Access');
    await update(repository, current => ({
      ...current,
      workflowAccess: body.access_level,
    }));
    res.status(204).end();
  });

  const keyShape = (
    repository: RepositoryRecord,
    key: RepositoryRecord['deployKeys'][number],
  ) => ({
    id: key.id,
    key: key.key,
    title: key.title,
    read_only: key.readOnly,
    verified: true,
    created_at: key.createdAt,
    url: `${urls.repositoryApi(repository)}/keys/${key.id}`,
  });
  router.get(`${base}/keys`, (req, res) => {
    const { repository } = changeOf(context, req, res, 'admin');
    res.json(
      paginate(context, req, res, repository.deployKeys).map(key =>
        keyShape(repository, key),
      ),
    );
  });
  router.post(`${base}/keys`, async (req, res) => {
    const { repository } = changeOf(context, req, res, 'admin');
    const body = bodyOf(req, deployKey, 'PublicKey');
    if (repository.deployKeys.some(one => one.key === body.key)) {
      throw invalid('PublicKey', 'key', 'key is already in use', 'custom');
    }
    const key = {
      id: store.newId(),
      title: body.title,
      key: body.key,
      readOnly: body.read_only,
      createdAt: now(),
    };
    await update(repository, current => ({
      ...current,
      deployKeys: [...current.deployKeys, key],
    }));
    res.status(201).json(keyShape(repository, key));
  });
  router.delete(`${base}/keys/:id`, async (req, res) => {
    const { repository } = changeOf(context, req, res, 'admin');
    const id = numberOf(req, 'id');
    await update(repository, current => ({
      ...current,
      deployKeys: current.deployKeys.filter(one => one.id !== id),
    }));
    res.status(204).end();
  });

  router.post(`${base}/autolinks`, async (req, res) => {
    const { repository } = changeOf(context, req, res, 'admin');
    const body = bodyOf(req, autolink, 'Autolink');
    const link = {
      id: store.newId(),
      keyPrefix: body.key_prefix,
      urlTemplate: body.url_template,
      isAlphanumeric: body.is_alphanumeric,
    };
    await update(repository, current => ({
      ...current,
      autolinks: [...current.autolinks, link],
    }));
    res.status(201).json({ id: link.id, ...body });
  });
  return router;
}
