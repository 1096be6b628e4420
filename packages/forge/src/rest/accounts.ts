import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Account } from '../accounts';
import { Context, now } from '../context';
import { ApiError, notFound } from '../errors';
import { isLogin } from '../names';
import {
  fullOrganisation,
  fullUser,
  simpleOrganisation,
  simpleUser,
  team as teamShape,
} from '../shapes/user';
import { TeamRecord } from '../store/records';
import { teamKey } from '../store/store';
import { bodyOf, paginate, viewerOf } from './support';

const newTeam = z.object({
  name: z.string().min(1).max(100),
  description: z.string().nullish(),
  privacy: z.enum(['secret', 'closed']).default('closed'),
  maintainers: z.array(z.string()).default([]),
});

/** Users, organisations, teams and what concerns no repository. */
export function accountRoutes(context: Context): Router {
  const router = PromiseRouter();
  const { accounts, access, store, urls } = context;

  const publicCount = (login: string) =>
    store.ownedBy(login).filter(one => one.visibility === 'public').length;
  const organisation = (login: string): Account => {
    const account = accounts.get(login);
    if (account?.type !== 'Organization') {
      throw notFound();
    }
    return account;
  };
  const findTeam = (org: string, slug: string): TeamRecord => {
    const team = store.teams.get(teamKey(organisation(org).login, slug));
    if (!team) {
      throw notFound();
    }
    return team;
  };

  router.get('/', (_req, res) => {
    res.json({
      current_user_url: `${urls.api}/user`,
      organization_url: `${urls.api}/orgs/{org}`,
      repository_url: `${urls.api}/repos/{owner}/{repo}`,
      user_url: `${urls.api}/users/{user}`,
    });
  });
  router.get('/meta', (_req, res) => {
    res.json({ verifiable_password_authentication: false });
  });
  router.get('/zen', (_req, res) => {
    res.type('text/plain').send('Keep it logically awesome.');
  });
  router.get('/rate_limit', (_req, res) => {
    const rate = {
      limit: 5000,
      used: 1,
      remaining: 4999,
      reset: Math.floor(Date.now() / 1000) + 3600,
    };
    res.json({ resources: { core: rate, graphql: rate, search: rate }, rate });
  });

  router.get('/user', (_req, res) => {
    const viewer = access.someone(viewerOf(res));
    res.json(fullUser(viewer, publicCount(viewer.login), urls));
  });
  router.get('/user/orgs', (req, res) => {
    access.someone(viewerOf(res));
    const all = accounts.organisations();
    res.json(
      paginate(context, req, res, all).map(one =>
        simpleOrganisation(one, urls),
      ),
    );
  });
  router.get('/users/:login', (req, res) => {
    const account = accounts.get(req.params.login);
    if (!account) {
      throw notFound();
    }
    res.json(fullUser(account, publicCount(account.login), urls));
  });

  router.get('/orgs/:org', (req, res) => {
    const account = organisation(req.params.org);
    res.json(fullOrganisation(account, publicCount(account.login), urls));
  });
  router.get('/orgs/:org/members', (req, res) => {
    organisation(req.params.org);
    res.json(
      paginate(context, req, res, accounts.users()).map(user =>
        simpleUser(user, urls),
      ),
    );
  });
  router.get('/orgs/:org/memberships/:login', (req, res) => {
    const org = organisation(req.params.org);
    const user = accounts.get(req.params.login);
    if (user?.type !== 'User') {
      throw notFound();
    }
    res.json({
      url: `${urls.api}/orgs/${org.login}/memberships/${user.login}`,
      state: 'active',
      role: user.role,
      organization: simpleOrganisation(org, urls),
      user: simpleUser(user, urls),
    });
  });

  router.get('/orgs/:org/teams', (req, res) => {
    const all = accounts.teams(organisation(req.params.org).login);
    res.json(paginate(context, req, res, all).map(one => teamShape(one, urls)));
  });
  router.post('/orgs/:org/teams', async (req, res) => {
    const org = access.organisationAdmin(viewerOf(res), req.params.org);
    const body = bodyOf(req, newTeam, 'Team');
    const slug = body.name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 39);
    if (!isLogin(slug)) {
      throw new ApiError(422, 'Validation Failed', [
        { resource: 'Team', field: 'name', code: 'invalid' },
      ]);
    }
    if (store.teams.get(teamKey(org.login, slug))) {
      throw new ApiError(422, 'Validation Failed', [
        {
          resource: 'Team',
          field: 'name',
          code: 'already_exists',
          message: 'Name must be unique for this org',
        },
      ]);
    }
    const record: TeamRecord = {
      id: store.newId(),
      organisation: org.login,
      slug,
      name: body.name,
      description: body.description ?? null,
      privacy: body.privacy,
      parent: null,
      members: body.maintainers.filter(login => accounts.get(login)),
      createdAt: now(),
    };
    await store.teams.put(record);
    res.status(201).json(teamShape(record, urls));
  });
  router.get('/orgs/:org/teams/:slug', (req, res) => {
    res.json(teamShape(findTeam(req.params.org, req.params.slug), urls));
  });
  router.get('/orgs/:org/teams/:slug/members', (req, res) => {
    const members = findTeam(req.params.org, req.params.slug).members;
    res.json(
      paginate(context, req, res, members).map(login =>
        simpleUser(accounts.known(login), urls),
      ),
    );
  });
  router.put('/orgs/:org/teams/:slug/memberships/:login', async (req, res) => {
    access.organisationAdmin(viewerOf(res), req.params.org);
    const record = findTeam(req.params.org, req.params.slug);
    const user = accounts.get(req.params.login);
    if (user?.type !== 'User') {
      throw notFound();
    }
    await store.teams.put({
      ...record,
      members: [...new Set([...record.members, user.login])],
    });
    res.json({ state: 'active', role: 'member' });
  });
  return router;
}
