import { Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Account } from '../accounts';
import { Context, now } from '../context';
import { ApiError, invalid, notFound } from '../errors';
import { isLogin, isRefName } from '../names';
import {
  createRepository,
  deleteRepository,
  renameRepository,
} from '../services/repositories';
import { initialCommit } from '../services/initial';
import { permissionFlags } from '../shapes/repository';
import { simpleOrganisation } from '../shapes/user';
import { RepositoryRecord, repositorySettingsSchema } from '../store/records';
import {
  bodyOf,
  paginate,
  queryOf,
  repositoryOf,
  changeOf,
  viewerOf,
} from './support';

const visibility = z.enum(['public', 'private', 'internal']);

/** GitHub takes null for "the default"; a schema default does not. */
const settings = repositorySettingsSchema
  .partial()
  .extend(
    Object.fromEntries(
      Object.entries(repositorySettingsSchema.shape).map(([key, value]) => [
        key,
        value.removeDefault().nullish(),
      ]),
    ),
  );

const newRepository = z
  .object({
    name: z.string(),
    description: z.string().max(350).nullish(),
    homepage: z.string().max(255).nullish(),
    private: z.boolean().nullish(),
    visibility: visibility.nullish(),
    auto_init: z.boolean().nullish(),
    custom_properties: z.record(z.unknown()).nullish(),
  })
  .passthrough();

const changes = z
  .object({
    name: z.string().optional(),
    description: z.string().max(350).nullish(),
    homepage: z.string().max(255).nullish(),
    private: z.boolean().optional(),
    visibility: visibility.optional(),
    default_branch: z.string().refine(isRefName).optional(),
    archived: z.boolean().optional(),
  })
  .passthrough();

const forkBody = z.object({
  organization: z.string().optional(),
  name: z.string().optional(),
});

function readSettings(body: unknown): Record<string, unknown> {
  const result = settings.safeParse(body);
  if (!result.success) {
    throw invalid('Repository', result.error.issues[0].path.join('.'));
  }
  const known = Object.keys(repositorySettingsSchema.shape);
  return Object.fromEntries(
    Object.entries(result.data).filter(
      ([key, value]) =>
        known.includes(key) && value !== null && value !== undefined,
    ),
  );
}

/** Creating, reading, changing, forking and deleting repositories. */
export function repositoryRoutes(context: Context): Router {
  const router = PromiseRouter();
  const { access, accounts, store, urls } = context;

  const full = (repository: RepositoryRecord, res: Response) => {
    const owner = accounts.known(repository.owner);
    const parent =
      repository.forkOf === null
        ? undefined
        : context.current({ id: repository.forkOf });
    return {
      ...context.repositoryShape(repository),
      permissions: permissionFlags(
        access.permission(viewerOf(res), repository),
      ),
      ...(owner.type === 'Organization'
        ? { organization: simpleOrganisation(owner, urls) }
        : {}),
      ...(parent
        ? {
            parent: context.repositoryShape(parent),
            source: context.repositoryShape(parent),
          }
        : {}),
      subscribers_count: repository.subscribers.length,
      network_count: 0,
    };
  };

  const create = async (
    owner: Account,
    creator: Account,
    body: z.output<typeof newRepository>,
  ) => {
    const repository = await createRepository(context, {
      owner,
      creator,
      name: body.name,
      description: body.description,
      homepage: body.homepage,
      visibility: body.visibility ?? (body.private ? 'private' : 'public'),
      settings: readSettings(body),
      customProperties: body.custom_properties ?? {},
    });
    if (body.auto_init) {
      await initialCommit(context, repository, creator);
    }
    return context.current(repository) ?? repository;
  };

  router.post('/orgs/:org/repos', async (req, res) => {
    const creator = access.someone(viewerOf(res));
    const owner = accounts.get(req.params.org);
    if (owner?.type !== 'Organization') {
      throw notFound();
    }
    const body = bodyOf(req, newRepository, 'Repository');
    res.status(201).json(full(await create(owner, creator, body), res));
  });
  router.post('/user/repos', async (req, res) => {
    const creator = access.someone(viewerOf(res));
    const body = bodyOf(req, newRepository, 'Repository');
    res.status(201).json(full(await create(creator, creator, body), res));
  });

  const list = (all: RepositoryRecord[], res: Response) =>
    all.filter(one => access.permission(viewerOf(res), one) !== undefined);

  router.get('/user/repos', (req, res) => {
    access.someone(viewerOf(res));
    const all = list(
      store.repositories
        .list()
        .sort((a, b) =>
          `${a.owner}/${a.name}`.localeCompare(`${b.owner}/${b.name}`, 'en'),
        ),
      res,
    );
    res.json(paginate(context, req, res, all).map(one => full(one, res)));
  });
  router.get(['/orgs/:login/repos', '/users/:login/repos'], (req, res) => {
    const owner = accounts.get(req.params.login);
    if (!owner) {
      throw notFound();
    }
    const type = queryOf(req, 'type');
    const all = list(store.ownedBy(owner.login), res).filter(one => {
      switch (type) {
        case 'public':
        case 'private':
          return one.visibility === type;
        case 'forks':
          return one.forkOf !== null;
        case 'sources':
          return one.forkOf === null;
        default:
          return true;
      }
    });
    res.json(paginate(context, req, res, all).map(one => full(one, res)));
  });

  router.get('/repositories/:id', (req, res) => {
    const record = store.repositories.get(req.params.id);
    if (!record) {
      throw notFound();
    }
    const repository = access.repository(
      viewerOf(res),
      record.owner,
      record.name,
    );
    res.json(full(repository, res));
  });
  router.get('/repos/:owner/:repo', (req, res) => {
    res.json(full(repositoryOf(context, req, res), res));
  });

  router.patch('/repos/:owner/:repo', async (req, res) => {
    const { repository, actor, git } = changeOf(context, req, res, 'admin');
    const body = bodyOf(req, changes, 'Repository');
    let current = repository;
    if (body.name !== undefined && body.name !== repository.name) {
      current = await renameRepository(context, current, body.name, actor);
    }
    const branch = body.default_branch;
    if (branch !== undefined && branch !== current.defaultBranch) {
      if (!(await git.ref(`refs/heads/${branch}`))) {
        throw new ApiError(
          422,
          `Validation Failed: The branch ${branch} was not found. Please push that ref first or create it via the Git Data API.`,
        );
      }
      await git.setHead(branch);
    }
    const previous = current;
    const next = await store.updateRepository(current.id, record => ({
      ...record,
      description:
        body.description === undefined ? record.description : body.description,
      homepage: body.homepage === undefined ? record.homepage : body.homepage,
      visibility:
        body.visibility ??
        (body.private === undefined
          ? record.visibility
          : (body.private && 'private') || 'public'),
      defaultBranch: branch ?? record.defaultBranch,
      archived: body.archived ?? record.archived,
      settings: repositorySettingsSchema.parse({
        ...record.settings,
        ...readSettings(body),
      }),
      updatedAt: now(),
    }));
    await tellChanges(context, previous, next, actor);
    res.json(full(next, res));
  });

  router.delete('/repos/:owner/:repo', async (req, res) => {
    const { repository, actor } = changeOf(context, req, res, 'admin');
    await deleteRepository(context, repository, actor);
    res.status(204).end();
  });

  router.get('/repos/:owner/:repo/forks', (req, res) => {
    const repository = repositoryOf(context, req, res);
    const forks = list(
      store.repositories.list().filter(one => one.forkOf === repository.id),
      res,
    );
    res.json(paginate(context, req, res, forks).map(one => full(one, res)));
  });
  router.post('/repos/:owner/:repo/forks', async (req, res) => {
    const { repository, actor } = changeOf(context, req, res, 'pull');
    const body = bodyOf(req, forkBody, 'Fork');
    const owner = body.organization ? accounts.get(body.organization) : actor;
    if (!owner || !isLogin(owner.login)) {
      throw notFound();
    }
    const name = body.name ?? repository.name;
    const known = store.find(owner.login, name);
    const fork =
      known?.forkOf === repository.id
        ? known
        : await createRepository(context, {
            owner,
            creator: actor,
            name,
            description: repository.description,
            homepage: repository.homepage,
            visibility: repository.visibility,
            settings: repository.settings,
            fork: repository,
          });
    res.status(202).json(full(fork, res));
  });
  return router;
}

/** The `repository` events that a change of settings leads to. */
async function tellChanges(
  context: Context,
  before: RepositoryRecord,
  after: RepositoryRecord,
  sender: Account,
): Promise<void> {
  const emit = (action: string, more: Record<string, unknown> = {}) =>
    context.webhooks.emit({
      event: 'repository',
      action,
      repository: after,
      sender,
      payload: { action, ...more },
    });
  if (before.archived !== after.archived) {
    await emit(after.archived ? 'archived' : 'unarchived');
  }
  if (before.visibility !== after.visibility) {
    await emit(after.visibility === 'public' ? 'publicized' : 'privatized');
  }
  const edited = {
    ...(before.description === after.description
      ? {}
      : { description: { from: before.description } }),
    ...(before.homepage === after.homepage
      ? {}
      : { homepage: { from: before.homepage } }),
    ...(before.defaultBranch === after.defaultBranch
      ? {}
      : { default_branch: { from: before.defaultBranch } }),
  };
  if (Object.keys(edited).length > 0) {
    await emit('edited', { changes: edited });
  }
}
