import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Context } from '../context';
import { ApiError, invalid, notFound } from '../errors';
import { GitRepository, ZERO_SHA } from '../git/repository';
import { isFullRef, isSha } from '../names';
import { inTurn, moveRef } from '../services/refs';
import { RepositoryRecord } from '../store/records';
import { nodeId } from '../urls';
import { bodyOf, changeOf, repositoryOf } from './support';

const sha = z.string().refine(isSha, 'must be a SHA-1');
const refBody = z.object({ ref: z.string(), sha });
const refChange = z.object({ sha, force: z.boolean().default(false) });

/** Refs as such. */
export function refRoutes(context: Context): Router {
  const router = PromiseRouter();
  const { urls } = context;
  const base = '/repos/:owner/:repo/git';

  const refShape = async (
    repository: RepositoryRecord,
    name: string,
    id: string,
  ) => {
    const info = await context.git(repository).objectInfo(id);
    const api = urls.repositoryApi(repository);
    const type = info?.type ?? 'commit';
    return {
      ref: name,
      node_id: nodeId('Ref', `${repository.id}:${name}`),
      url: `${api}/git/${name}`,
      object: { sha: id, type, url: `${api}/git/${type}s/${id}` },
    };
  };
  const fullName = (short: string): string => {
    const name = `refs/${short}`;
    if (!isFullRef(name)) {
      throw notFound();
    }
    return name;
  };

  router.get(`${base}/ref/:ref(*)`, async (req, res) => {
    const repository = repositoryOf(context, req, res);
    const git = context.git(repository);
    const name = fullName(req.params.ref);
    const id = await git.ref(name);
    if (!id) {
      throw (await git.refs('refs/heads/')).length === 0
        ? new ApiError(409, 'Git Repository is empty.')
        : notFound();
    }
    res.json(await refShape(repository, name, id));
  });
  router.get(`${base}/matching-refs/:ref(*)`, async (req, res) => {
    const repository = repositoryOf(context, req, res);
    const git = context.git(repository);
    const prefix = `refs/${req.params.ref}`;
    const all = (await git.refs('refs/heads/', 'refs/tags/')).filter(ref =>
      ref.name.startsWith(prefix),
    );
    res.json(
      await Promise.all(
        all.map(ref => refShape(repository, ref.name, ref.sha)),
      ),
    );
  });
  router.post(`${base}/refs`, async (req, res) => {
    const { repository, actor, git } = changeOf(context, req, res);
    const body = bodyOf(req, refBody, 'Reference');
    if (!isFullRef(body.ref)) {
      throw invalid('Reference', 'ref', `${body.ref} is not a valid ref name.`);
    }
    await needsObject(git, body.sha);
    await inTurn(context, repository, async () => {
      if (await git.ref(body.ref)) {
        throw new ApiError(422, 'Reference already exists');
      }
      await moveRef(context, {
        repository,
        actor,
        ref: body.ref,
        before: ZERO_SHA,
        after: body.sha,
      });
    });
    res.status(201).json(await refShape(repository, body.ref, body.sha));
  });
  router.patch(`${base}/refs/:ref(*)`, async (req, res) => {
    const { repository, actor, git } = changeOf(context, req, res);
    const body = bodyOf(req, refChange, 'Reference');
    const name = fullName(req.params.ref);
    await needsObject(git, body.sha);
    await inTurn(context, repository, async () => {
      const before = await git.ref(name);
      if (!before) {
        throw new ApiError(422, 'Reference does not exist');
      }
      if (!body.force && !(await git.isAncestor(before, body.sha))) {
        throw new ApiError(422, 'Update is not a fast forward');
      }
      await moveRef(context, {
        repository,
        actor,
        ref: name,
        before,
        after: body.sha,
      });
    });
    res.json(await refShape(repository, name, body.sha));
  });
  router.delete(`${base}/refs/:ref(*)`, async (req, res) => {
    const { repository, actor, git } = changeOf(context, req, res);
    const name = fullName(req.params.ref);
    await inTurn(context, repository, async () => {
      const before = await git.ref(name);
      if (!before) {
        throw new ApiError(422, 'Reference does not exist');
      }
      await moveRef(context, {
        repository,
        actor,
        ref: name,
        before,
        after: ZERO_SHA,
      });
    });
    res.status(204).end();
  });
  return router;
}

async function needsObject(git: GitRepository, id: string): Promise<void> {
  const type = (await git.objectInfo(id))?.type;
  if (type !== 'commit' && type !== 'tag') {
    throw new ApiError(422, 'Object does not exist');
  }
}
