import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Context } from '../context';
import { ApiError, invalid, notFound } from '../errors';
import { EMPTY_TREE } from '../git/repository';
import { isTreePath } from '../names';
import { latestStatuses, recordStatus, statusesOf } from '../services/statuses';
import { commit as commitShape, file, stats } from '../shapes/commit';
import { simpleUser } from '../shapes/user';
import { CommitStatus, RepositoryRecord } from '../store/records';
import { nodeId } from '../urls';
import {
  bodyOf,
  changeOf,
  commitOf,
  linkPages,
  pageOf,
  paginate,
  queryOf,
  repositoryOf,
} from './support';

const MAX_FILES = 3000;
const MAX_COMPARED = 250;

const statusBody = z.object({
  state: z.enum(['error', 'failure', 'pending', 'success']),
  target_url: z.string().max(2000).nullish(),
  description: z.string().max(140).nullish(),
  context: z.string().min(1).max(255).default('default'),
});

/** Commits, comparisons and commit statuses. */
export function commitRoutes(context: Context): Router {
  const router = PromiseRouter();
  const { urls, accounts } = context;
  const base = '/repos/:owner/:repo';

  router.get(`${base}/commits`, async (req, res) => {
    const repository = repositoryOf(context, req, res);
    const git = context.git(repository);
    const wanted = queryOf(req, 'sha') ?? repository.defaultBranch;
    const sha = await git.resolve(wanted);
    if (!sha) {
      throw repository.pushedAt
        ? notFound()
        : new ApiError(409, 'Git Repository is empty.');
    }
    const path = queryOf(req, 'path');
    if (path !== undefined && !isTreePath(path)) {
      throw invalid('Commit', 'path');
    }
    const { page, perPage } = pageOf(req);
    // One more than the page tells whether there is a next one.
    const shas = await git.revList([sha], {
      path,
      since: dateOf(queryOf(req, 'since')),
      until: dateOf(queryOf(req, 'until')),
      author: queryOf(req, 'author'),
      skip: (page - 1) * perPage,
      limit: perPage + 1,
    });
    const more = shas.length > perPage;
    linkPages(context, req, res, { page, last: more ? page + 1 : page });
    const commits = await git.commits(shas.slice(0, perPage));
    res.json(
      commits.map(one => commitShape(one, repository, urls, context.byEmail)),
    );
  });

  const statusShape = (
    repository: RepositoryRecord,
    sha: string,
    status: CommitStatus,
  ) => ({
    url: `${urls.repositoryApi(repository)}/statuses/${sha}`,
    id: status.id,
    node_id: nodeId('StatusContext', status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    creator: simpleUser(accounts.known(status.creator), urls),
  });

  router.get(`${base}/commits/:ref(*)/status`, async (req, res) => {
    const repository = repositoryOf(context, req, res);
    const sha = await commitOf(context.git(repository), req.params.ref);
    const latest = latestStatuses(context, repository, sha);
    const api = urls.repositoryApi(repository);
    res.json({
      state: combined(latest),
      statuses: paginate(context, req, res, latest).map(one =>
        statusShape(repository, sha, one),
      ),
      sha,
      total_count: latest.length,
      repository: context.repositoryShape(repository),
      commit_url: `${api}/commits/${sha}`,
      url: `${api}/commits/${sha}/status`,
    });
  });
  router.get(`${base}/commits/:ref(*)/statuses`, async (req, res) => {
    const repository = repositoryOf(context, req, res);
    const sha = await commitOf(context.git(repository), req.params.ref);
    const all = statusesOf(context, repository, sha);
    res.json(
      paginate(context, req, res, [...all].reverse()).map(one =>
        statusShape(repository, sha, one),
      ),
    );
  });
  router.get(`${base}/commits/:ref(*)/check-runs`, async (req, res) => {
    const repository = repositoryOf(context, req, res);
    await commitOf(context.git(repository), req.params.ref);
    res.json({ total_count: 0, check_runs: [] });
  });

  router.post(`${base}/statuses/:sha`, async (req, res) => {
    const { repository, actor } = changeOf(context, req, res);
    const { sha } = req.params;
    const body = bodyOf(req, statusBody, 'Status');
    const status = await recordStatus(context, {
      repository,
      actor,
      sha,
      name: body.context,
      state: body.state,
      description: body.description ?? null,
      targetUrl: body.target_url ?? null,
    });
    res.status(201).json(statusShape(repository, sha, status));
  });

  router.get(`${base}/commits/:ref(*)`, async (req, res) => {
    const repository = repositoryOf(context, req, res);
    const git = context.git(repository);
    const sha = await commitOf(git, req.params.ref, 422);
    const accept = req.get('accept') ?? '';
    if (/\bsha\b/.test(accept)) {
      res.type('text/plain').send(sha);
      return;
    }
    const value = await git.commit(sha);
    if (!value) {
      throw notFound();
    }
    const from = value.parents[0] ?? EMPTY_TREE;
    if (/\b(diff|patch)\b/.test(accept)) {
      res.type('text/plain').send(await git.patchText(from, sha));
      return;
    }
    const files = await git.diff(from, sha);
    const page = paginate(context, req, res, files.slice(0, MAX_FILES));
    res.json({
      ...commitShape(value, repository, urls, context.byEmail),
      stats: stats(files),
      files: page.map(one => file(one, sha, repository, urls)),
    });
  });

  router.get(`${base}/compare/:range(*)`, async (req, res) => {
    const repository = repositoryOf(context, req, res);
    const git = context.git(repository);
    const [left, right] = req.params.range.split('...');
    // `owner:branch` names a branch of this repository as well.
    const plain = (name: string) => name.replace(/^[^:]*:/, '');
    const baseSha = await commitOf(git, plain(left));
    const headSha = await commitOf(git, plain(right ?? ''));
    const mergeBase = await git.mergeBase(baseSha, headSha);
    const ahead = await git.count(headSha, baseSha);
    const behind = await git.count(baseSha, headSha);
    const shas = await git.revList([headSha], {
      not: [baseSha],
      limit: MAX_COMPARED,
      oldestFirst: true,
    });
    const from = mergeBase ?? baseSha;
    const accept = req.get('accept') ?? '';
    if (/\b(diff|patch)\b/.test(accept)) {
      res.type('text/plain').send(await git.patchText(from, headSha));
      return;
    }
    const [base_commit, merge_base_commit, ...commits] = (
      await git.commits([baseSha, from, ...shas])
    ).map(one => commitShape(one, repository, urls, context.byEmail));
    const html = urls.repositoryHtml(repository);
    const files = (await git.diff(from, headSha)).slice(0, MAX_FILES);
    res.json({
      url: `${urls.repositoryApi(repository)}/compare/${left}...${right}`,
      html_url: `${html}/compare/${left}...${right}`,
      permalink_url: `${html}/compare/${baseSha}...${headSha}`,
      diff_url: `${html}/compare/${left}...${right}.diff`,
      patch_url: `${html}/compare/${left}...${right}.patch`,
      base_commit,
      merge_base_commit,
      status: comparison(ahead, behind),
      ahead_by: ahead,
      behind_by: behind,
      total_commits: ahead,
      commits,
      files: files.map(one => file(one, headSha, repository, urls)),
    });
  });
  return router;
}

function comparison(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) {
    return 'diverged';
  }
  if (ahead > 0) {
    return 'ahead';
  }
  return behind > 0 ? 'behind' : 'identical';
}

function combined(statuses: CommitStatus[]): string {
  if (statuses.some(one => one.state === 'failure' || one.state === 'error')) {
    return 'failure';
  }
  return statuses.length > 0 && statuses.every(one => one.state === 'success')
    ? 'success'
    : 'pending';
}

function dateOf(value: string | undefined): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  const millis = Date.parse(value);
  if (Number.isNaN(millis)) {
    throw invalid('Commit', 'since');
  }
  return new Date(millis).toISOString();
}
