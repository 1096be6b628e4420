import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Context, now } from '../context';
import { ApiError, notFound } from '../errors';
import { ZERO_SHA } from '../git/repository';
import { isRefName } from '../names';
import { inTurn, moveRef } from '../services/refs';
import { simpleUser } from '../shapes/user';
import { ReleaseRecord, RepositoryRecord } from '../store/records';
import { encodePath, nodeId } from '../urls';
import {
  bodyOf,
  changeOf,
  commitOf,
  numberOf,
  paginate,
  repositoryOf,
} from './support';

const releaseBody = z.object({
  tag_name: z.string().refine(isRefName),
  target_commitish: z.string().min(1).optional(),
  name: z.string().max(256).nullish(),
  body: z.string().max(125_000).nullish(),
  draft: z.boolean().default(false),
  prerelease: z.boolean().default(false),
});

/** Releases; without files. */
export function releaseRoutes(context: Context): Router {
  const router = PromiseRouter();
  const { store, urls, accounts } = context;
  const base = '/repos/:owner/:repo/releases';

  const shape = (repository: RepositoryRecord, one: ReleaseRecord) => {
    const api = urls.repositoryApi(repository);
    const html = urls.repositoryHtml(repository);
    const url = `${api}/releases/${one.id}`;
    return {
      url,
      assets_url: `${url}/assets`,
      html_url: `${html}/tree/${encodePath(one.tag)}`,
      id: one.id,
      node_id: nodeId('Release', one.id),
      author: simpleUser(accounts.known(one.author), urls),
      tag_name: one.tag,
      target_commitish: one.target,
      name: one.name,
      body: one.body,
      draft: one.draft,
      prerelease: one.prerelease,
      created_at: one.createdAt,
      published_at: one.publishedAt,
      assets: [],
      tarball_url: `${api}/tarball/${encodePath(one.tag)}`,
      zipball_url: `${api}/zipball/${encodePath(one.tag)}`,
    };
  };
  const newestFirst = (repository: RepositoryRecord) =>
    store
      .of(repository)
      .releases.list()
      .sort((a, b) => b.id - a.id);
  const answer = (
    req: Request,
    res: Response,
    pick: (one: ReleaseRecord) => boolean,
  ) => {
    const repository = repositoryOf(context, req, res);
    const found = newestFirst(repository).find(pick);
    if (!found) throw notFound();
    res.json(shape(repository, found));
  };

  router.get(base, (req, res) => {
    const repository = repositoryOf(context, req, res);
    res.json(
      paginate(context, req, res, newestFirst(repository)).map(one =>
        shape(repository, one),
      ),
    );
  });
  router.get(`${base}/latest`, (req, res) =>
    answer(req, res, one => !one.draft && !one.prerelease),
  );
  router.get(`${base}/tags/:tag(*)`, (req, res) =>
    answer(req, res, one => !one.draft && one.tag === req.params.tag),
  );
  router.get(`${base}/:id`, (req, res) => {
    const id = numberOf(req, 'id');
    answer(req, res, one => one.id === id);
  });
  router.post(base, async (req, res) => {
    const { repository, actor, git } = changeOf(context, req, res, 'push');
    const body = bodyOf(req, releaseBody, 'Release');
    const { releases } = store.of(repository);
    if (releases.list().some(one => one.tag === body.tag_name)) {
      throw new ApiError(422, 'Validation Failed', [
        { resource: 'Release', code: 'already_exists', field: 'tag_name' },
      ]);
    }
    const target = body.target_commitish ?? repository.defaultBranch;
    const ref = `refs/tags/${body.tag_name}`;
    await inTurn(context, repository, async () => {
      if (body.draft || (await git.ref(ref))) return;
      const after = await commitOf(git, target, 422);
      const before = ZERO_SHA;
      await moveRef(context, { repository, actor, ref, before, after });
    });
    const at = now();
    const release: ReleaseRecord = {
      id: store.newId(),
      tag: body.tag_name,
      target,
      name: body.name ?? '',
      body: body.body ?? '',
      draft: body.draft,
      prerelease: body.prerelease,
      author: actor.login,
      createdAt: at,
      publishedAt: body.draft ? null : at,
    };
    await releases.put(release);
    if (!release.draft) {
      await context.webhooks.emit({
        event: 'release',
        action: 'published',
        repository,
        sender: actor,
        payload: { action: 'published', release: shape(repository, release) },
      });
    }
    res.status(201).json(shape(repository, release));
  });
  return router;
}
