import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Context } from '../context';
import { ApiError, invalid } from '../errors';
import { isPull, saveIssue } from '../services/issues';
import { mergePull } from '../services/merging';
import {
  closePull,
  contentOf,
  emitPull,
  openPull,
  reopenPull,
} from '../services/pulls';
import { commit as commitShape, file } from '../shapes/commit';
import { pullShape } from '../shapes/pull';
import { PullRecord, RepositoryRecord } from '../store/records';
import { changePull, fullPull, readPull } from './pull-support';
import { bodyOf, changeOf, paginate, queryOf, repositoryOf } from './support';

const newPull = z.object({
  title: z.string().min(1).max(256).optional(),
  issue: z.number().optional(),
  body: z.string().max(65536).nullish(),
  head: z.string(),
  head_repo: z.string().optional(),
  base: z.string(),
  draft: z.boolean().nullish(),
});
const pullChange = z.object({
  title: z.string().min(1).max(256).optional(),
  body: z.string().max(65536).nullish(),
  state: z.enum(['open', 'closed']).optional(),
  base: z.string().optional(),
});
const mergeBody = z.object({
  commit_title: z.string().optional(),
  commit_message: z.string().optional(),
  sha: z.string().optional(),
  merge_method: z.enum(['merge', 'squash', 'rebase']).default('merge'),
});

/** Pull requests. */
export function pullRoutes(context: Context): Router {
  const router = PromiseRouter();
  const { store, urls } = context;
  const base = '/repos/:owner/:repo/pulls';

  const labelOf = (repository: RepositoryRecord, { pull }: PullRecord) => {
    const head =
      pull.headRepository === null
        ? undefined
        : context.current({ id: pull.headRepository });
    return `${(head ?? repository).owner}:${pull.head}`;
  };

  router.get(base, (req, res) => {
    const repository = repositoryOf(context, req, res);
    const state = queryOf(req, 'state') ?? 'open';
    const head = queryOf(req, 'head');
    const baseBranch = queryOf(req, 'base');
    const ascending = queryOf(req, 'direction') === 'asc';
    const key = queryOf(req, 'sort') === 'updated' ? 'updatedAt' : 'number';
    const pulls = store
      .of(repository)
      .issues.list()
      .filter(isPull)
      .filter(
        issue =>
          (state === 'all' || issue.state === state) &&
          (!baseBranch || issue.pull.base === baseBranch) &&
          (!head || head === labelOf(repository, issue)),
      )
      .sort((a, b) => (a[key] < b[key] ? 1 : -1));
    if (ascending) {
      pulls.reverse();
    }
    res.json(
      paginate(context, req, res, pulls).map(issue =>
        pullShape(context, repository, issue),
      ),
    );
  });
  router.post(base, async (req, res) => {
    const { repository, actor } = changeOf(context, req, res, 'pull');
    const body = bodyOf(req, newPull, 'PullRequest');
    if (body.title === undefined) {
      throw invalid('PullRequest', 'title', undefined, 'missing_field');
    }
    const [first, ...rest] = body.head.split(':');
    const headOwner = rest.length > 0 ? first : repository.owner;
    const headRepository =
      headOwner.toLowerCase() === repository.owner.toLowerCase()
        ? repository
        : store
            .ownedBy(headOwner)
            .find(
              one =>
                one.forkOf === repository.id &&
                context.access.permission(actor, one) !== undefined,
            );
    if (!headRepository) {
      throw invalid('PullRequest', 'head');
    }
    const issue = await openPull(context, {
      repository,
      actor,
      title: body.title,
      body: body.body ?? null,
      base: body.base,
      head: rest.length > 0 ? rest.join(':') : first,
      headRepository,
      draft: body.draft ?? false,
    });
    res.status(201).json(await fullPull(context, repository, issue, res));
  });

  router.get(`${base}/:number`, async (req, res) => {
    const { repository, issue } = readPull(context, req, res);
    const accept = req.get('accept') ?? '';
    if (/\b(diff|patch)\b/.test(accept)) {
      const git = context.git(repository);
      const from =
        (await git.mergeBase(issue.pull.baseSha, issue.pull.headSha)) ??
        issue.pull.baseSha;
      res
        .type('text/plain')
        .send(await git.patchText(from, issue.pull.headSha));
      return;
    }
    res.json(await fullPull(context, repository, issue, res));
  });
  router.patch(`${base}/:number`, async (req, res) => {
    const { repository, actor, issue, git } = changePull(context, req, res);
    const body = bodyOf(req, pullChange, 'PullRequest');
    const newBase = body.base ?? issue.pull.base;
    const baseSha = await git.ref(`refs/heads/${newBase}`);
    if (newBase !== issue.pull.base && !baseSha) {
      throw invalid('PullRequest', 'base');
    }
    const title = body.title ?? issue.title;
    const text = body.body === undefined ? issue.body : body.body;
    let next = issue;
    const changes = {
      ...(title === issue.title ? {} : { title: { from: issue.title } }),
      ...(text === issue.body ? {} : { body: { from: issue.body } }),
      ...(newBase === issue.pull.base
        ? {}
        : {
            base: {
              ref: { from: issue.pull.base },
              sha: { from: issue.pull.baseSha },
            },
          }),
    };
    if (Object.keys(changes).length > 0) {
      next = await saveIssue(context, repository, {
        ...issue,
        title,
        body: text,
        pull: {
          ...issue.pull,
          base: newBase,
          baseSha:
            newBase === issue.pull.base
              ? issue.pull.baseSha
              : baseSha ?? issue.pull.baseSha,
        },
      });
      await emitPull(context, repository, next, actor, 'edited', { changes });
    }
    if (body.state === 'closed' && next.state === 'open') {
      next = await closePull(context, repository, next, actor);
    } else if (body.state === 'open' && next.state === 'closed') {
      next = await reopenPull(context, repository, next, actor);
    }
    res.json(await fullPull(context, repository, next, res));
  });

  router.get(`${base}/:number/commits`, async (req, res) => {
    const { repository, issue } = readPull(context, req, res);
    const { commits } = await contentOf(context, repository, issue);
    res.json(
      paginate(context, req, res, commits).map(one =>
        commitShape(one, repository, urls, context.byEmail),
      ),
    );
  });
  router.get(`${base}/:number/files`, async (req, res) => {
    const { repository, issue } = readPull(context, req, res);
    const { files } = await contentOf(context, repository, issue);
    res.json(
      paginate(context, req, res, files).map(one =>
        file(one, issue.pull.headSha, repository, urls),
      ),
    );
  });
  router.get(`${base}/:number/comments`, (req, res) => {
    readPull(context, req, res);
    res.json([]);
  });

  router.get(`${base}/:number/merge`, (req, res) => {
    const { issue } = readPull(context, req, res);
    if (!issue.pull.mergedAt) {
      throw new ApiError(404, 'Not Found');
    }
    res.status(204).end();
  });
  router.put(`${base}/:number/merge`, async (req, res) => {
    const { repository, actor, issue } = changePull(context, req, res);
    const body = bodyOf(req, mergeBody, 'PullRequest');
    const sha = await mergePull(context, {
      repository,
      number: issue.number,
      actor,
      method: body.merge_method,
      sha: body.sha,
      title: body.commit_title,
      message: body.commit_message,
    });
    res.json({
      sha,
      merged: true,
      message: 'Pull Request successfully merged',
    });
  });

  return router;
}
