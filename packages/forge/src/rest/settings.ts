import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { includes } from '../auth';
import { Context, now } from '../context';
import { invalid, notFound } from '../errors';
import { permissionFlags } from '../shapes/repository';
import { simpleUser, team as teamShape } from '../shapes/user';
import { Permission, RepositoryRecord } from '../store/records';
import { teamKey } from '../store/store';
import {
  bodyOf,
  changeOf,
  numberOf,
  paginate,
  repositoryOf,
  viewerOf,
} from './support';

const PERMISSIONS: Record<string, Permission> = {
  pull: 'pull',
  read: 'pull',
  triage: 'triage',
  push: 'push',
  write: 'push',
  maintain: 'maintain',
  admin: 'admin',
};
const permission = z
  .string()
  .refine(value => value in PERMISSIONS)
  .transform(value => PERMISSIONS[value]);
const grant = z.object({ permission: permission.optional() });

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

/** GitHub's role name of a permission. */
function roleName(held: Permission): string {
  return { pull: 'read', push: 'write' }[held as string] ?? held;
}

/** Topics, people, teams and the smaller settings of a repository. */
export function settingsRoutes(context: Context): Router {
  const router = PromiseRouter();
  const { accounts, access, store, urls } = context;
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

  router.get(`${base}/collaborators`, (req, res) => {
    const repository = repositoryOf(context, req, res);
    const all = accounts
      .users()
      .map(user => ({ user, held: access.permission(user, repository) }))
      .filter(({ held }) => includes(held, 'push'));
    res.json(
      paginate(context, req, res, all).map(({ user, held }) => ({
        ...simpleUser(user, urls),
        permissions: permissionFlags(held),
        role_name: held && roleName(held),
      })),
    );
  });
  router.get(`${base}/collaborators/:login`, (req, res) => {
    const repository = repositoryOf(context, req, res);
    const user = accounts.get(req.params.login);
    if (!user || !access.permission(user, repository)) {
      throw notFound();
    }
    res.status(204).end();
  });
  router.get(`${base}/collaborators/:login/permission`, (req, res) => {
    const repository = repositoryOf(context, req, res);
    const user = accounts.get(req.params.login);
    if (!user) {
      throw notFound();
    }
    const held = access.permission(user, repository);
    res.json({
      permission: held ? roleName(held) : 'none',
      role_name: held ? roleName(held) : 'none',
      user: { ...simpleUser(user, urls), permissions: permissionFlags(held) },
    });
  });
  router.put(`${base}/collaborators/:login`, async (req, res) => {
    const { repository } = changeOf(context, req, res, 'admin');
    const user = accounts.get(req.params.login);
    if (user?.type !== 'User') {
      throw notFound();
    }
    const held = bodyOf(req, grant, 'Collaborator').permission ?? 'push';
    await update(repository, current => ({
      ...current,
      collaborators: [
        ...current.collaborators.filter(one => one.login !== user.login),
        { login: user.login, permission: held },
      ],
    }));
    res.status(204).end();
  });
  router.delete(`${base}/collaborators/:login`, async (req, res) => {
    const { repository } = changeOf(context, req, res, 'admin');
    const login = req.params.login.toLowerCase();
    await update(repository, current => ({
      ...current,
      collaborators: current.collaborators.filter(
        one => one.login.toLowerCase() !== login,
      ),
    }));
    res.status(204).end();
  });

  router.get(`${base}/teams`, (req, res) => {
    const repository = repositoryOf(context, req, res);
    const all = repository.teams.flatMap(({ slug, permission: held }) => {
      const record = store.teams.get(teamKey(repository.owner, slug));
      return record ? [{ ...teamShape(record, urls), permission: held }] : [];
    });
    res.json(paginate(context, req, res, all));
  });
  const teamRepository = '/orgs/:org/teams/:slug/repos/:owner/:repo';
  router.put(teamRepository, async (req, res) => {
    const { repository } = changeOf(context, req, res, 'admin');
    const record = store.teams.get(teamKey(req.params.org, req.params.slug));
    if (
      !record ||
      record.organisation.toLowerCase() !== repository.owner.toLowerCase()
    ) {
      throw notFound();
    }
    const held = bodyOf(req, grant, 'Team').permission ?? 'push';
    await update(repository, current => ({
      ...current,
      teams: [
        ...current.teams.filter(one => one.slug !== record.slug),
        { slug: record.slug, permission: held },
      ],
    }));
    res.status(204).end();
  });
  router.delete(teamRepository, async (req, res) => {
    const { repository } = changeOf(context, req, res, 'admin');
    await update(repository, current => ({
      ...current,
      teams: current.teams.filter(
        one => one.slug !== req.params.slug.toLowerCase(),
      ),
    }));
    res.status(204).end();
  });
  router.get('/orgs/:org/teams/:slug/repos', (req, res) => {
    const record = store.teams.get(teamKey(req.params.org, req.params.slug));
    if (!record) {
      throw notFound();
    }
    const all = store
      .ownedBy(record.organisation)
      .filter(
        one =>
          access.permission(viewerOf(res), one) &&
          one.teams.some(({ slug }) => slug === record.slug),
      );
    res.json(
      paginate(context, req, res, all).map(one => context.repositoryShape(one)),
    );
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
