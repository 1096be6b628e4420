import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { includes } from '../auth';
import { Context } from '../context';
import { notFound } from '../errors';
import { permissionFlags } from '../shapes/repository';
import { simpleUser, team as teamShape } from '../shapes/user';
import { Permission, RepositoryRecord } from '../store/records';
import { teamKey } from '../store/store';
import { bodyOf, changeOf, paginate, repositoryOf, viewerOf } from './support';

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

/** GitHub's role name of a permission. */
function roleName(held: Permission): string {
  return { pull: 'read', push: 'write' }[held as string] ?? held;
}

/** People and teams of a repository, and what they may do there. */
export function peopleRoutes(context: Context): Router {
  const router = PromiseRouter();
  const { accounts, access, store, urls } = context;
  const update = (
    repository: RepositoryRecord,
    change: (current: RepositoryRecord) => RepositoryRecord,
  ) => store.updateRepository(repository.id, change);
  const base = '/repos/:owner/:repo';

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
  return router;
}
