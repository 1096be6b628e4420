import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Context } from '../context';
import { ApiError, notFound } from '../errors';
import { GitRepository, TreeEntry } from '../git/repository';
import { isRefName, isTreePath } from '../names';
import { changeFiles, Person } from '../services/files';
import { gitCommit } from '../shapes/commit';
import { RepositoryRecord } from '../store/records';
import { encodePath } from '../urls';
import { bodyOf, changeOf, commitOf, queryOf, repositoryOf } from './support';

/** GitHub gives no base64 beyond this many bytes, only the raw file. */
const MAX_INLINE = 1024 * 1024;
const MAX_RAW = 100 * 1024 * 1024;

const person = z.object({
  name: z.string().min(1),
  email: z.string().min(1),
  date: z.string().datetime({ offset: true }).optional(),
});
const putBody = z.object({
  message: z.string().min(1),
  content: z.string(),
  sha: z.string().optional(),
  branch: z.string().refine(isRefName).optional(),
  author: person.optional(),
  committer: person.optional(),
});
const deleteBody = putBody.omit({ content: true }).extend({ sha: z.string() });

/** Path of a file in a route; '' is the root. @throws ApiError 404 */
export function pathOf(req: Request): string {
  const path = (req.params.path ?? '').replace(/^\/+|\/+$/g, '');
  if (path !== '' && !isTreePath(path)) {
    throw notFound();
  }
  return path;
}

/** Reading and writing single files. */
export function contentsRoutes(context: Context): Router {
  const router = PromiseRouter();
  const { urls } = context;
  const base = '/repos/:owner/:repo';

  const shape = (
    repository: RepositoryRecord,
    entry: Pick<TreeEntry, 'type' | 'sha' | 'size' | 'mode'>,
    path: string,
    ref: string,
  ) => {
    const encoded = encodePath(path);
    const query = `?ref=${encodeURIComponent(ref)}`;
    const html = urls.repositoryHtml(repository);
    const api = urls.repositoryApi(repository);
    const folder = entry.type === 'tree';
    const self = `${api}/contents/${encoded}${query}`;
    const gitUrl = `${api}/git/${folder ? 'trees' : 'blobs'}/${entry.sha}`;
    const htmlUrl = `${html}/${folder ? 'tree' : 'blob'}/${encodePath(
      ref,
    )}/${encoded}`;
    return {
      type: typeName(entry),
      size: entry.size ?? 0,
      name: path.split('/').at(-1) ?? '',
      path,
      sha: entry.sha,
      url: self,
      git_url: gitUrl,
      html_url: htmlUrl,
      download_url:
        entry.type === 'blob'
          ? `${html}/raw/${encodePath(ref)}/${encoded}`
          : null,
      _links: { self, git: gitUrl, html: htmlUrl },
    };
  };

  const read = async (req: Request, res: Response, path: string) => {
    const repository = repositoryOf(context, req, res);
    const git = context.git(repository);
    const ref = queryOf(req, 'ref') ?? repository.defaultBranch;
    const sha = await git.resolve(ref);
    if (!sha) {
      throw notFound(
        repository.pushedAt
          ? `No commit found for the ref ${ref}`
          : 'This repository is empty.',
      );
    }
    const found = await git.stat(sha, path);
    if (!found) {
      throw notFound();
    }
    const wantsRaw = /\braw\b/.test(req.get('accept') ?? '');
    if (found.type === 'tree') {
      const entries = await git.tree(sha, { path });
      res.json(
        entries.map(entry =>
          shape(
            repository,
            entry,
            path ? `${path}/${entry.path}` : entry.path,
            ref,
          ),
        ),
      );
      return;
    }
    await setLastModified(git, res, sha, path);
    if (found.size > MAX_RAW) {
      throw new ApiError(403, 'This API returns blobs up to 100 MB in size.');
    }
    if (wantsRaw) {
      res.setHeader('ETag', `"${found.sha}"`);
      res.type('application/vnd.github.v3.raw; charset=utf-8');
      res.send(await git.blob(found.sha));
      return;
    }
    const inline = found.size <= MAX_INLINE;
    res.json({
      ...shape(
        repository,
        { type: 'blob', mode: '100644', sha: found.sha, size: found.size },
        path,
        ref,
      ),
      encoding: inline ? 'base64' : 'none',
      content: inline
        ? wrap((await git.blob(found.sha)).toString('base64'))
        : '',
    });
  };

  router.get(`${base}/readme`, async (req, res) => {
    const repository = repositoryOf(context, req, res);
    const git = context.git(repository);
    const sha = await commitOf(
      git,
      queryOf(req, 'ref') ?? repository.defaultBranch,
    );
    const readme = findReadme(await git.tree(sha));
    if (!readme) {
      throw notFound();
    }
    await read(req, res, readme.path);
  });
  router.get([`${base}/contents`, `${base}/contents/:path(*)`], (req, res) =>
    read(req, res, pathOf(req)),
  );

  const people = (body: { author?: Person; committer?: Person }) => ({
    author: body.author ?? body.committer,
    committer: body.committer,
  });

  router.put(`${base}/contents/:path(*)`, async (req, res) => {
    const { repository, actor, git } = changeOf(context, req, res);
    const path = pathOf(req);
    if (path === '') {
      throw notFound();
    }
    const body = bodyOf(req, putBody, 'Content');
    const branch = body.branch ?? repository.defaultBranch;
    let created = false;
    const result = await changeFiles(context, {
      repository,
      actor,
      branch,
      message: body.message,
      ...people(body),
      edits: async head => {
        const known = head ? await git.stat(head, path) : undefined;
        created = known === undefined;
        checkSha(path, known?.sha, body.sha);
        return [{ path, content: Buffer.from(body.content, 'base64') }];
      },
    });
    const file = await git.stat(result.sha, path);
    res.status(created ? 201 : 200).json({
      content:
        file &&
        shape(
          repository,
          { type: 'blob', mode: '100644', sha: file.sha, size: file.size },
          path,
          branch,
        ),
      commit: gitCommit(result, repository, urls),
    });
  });

  router.delete(`${base}/contents/:path(*)`, async (req, res) => {
    const { repository, actor, git } = changeOf(context, req, res);
    const path = pathOf(req);
    const query = Object.fromEntries(
      Object.entries(req.query).filter(
        ([, value]) => typeof value === 'string',
      ),
    );
    req.body = { ...query, ...(req.body as object) };
    const body = bodyOf(req, deleteBody, 'Content');
    const result = await changeFiles(context, {
      repository,
      actor,
      branch: body.branch ?? repository.defaultBranch,
      message: body.message,
      ...people(body),
      edits: async head => {
        const known = head ? await git.stat(head, path) : undefined;
        if (known?.type !== 'blob') {
          throw notFound();
        }
        checkSha(path, known.sha, body.sha);
        return [{ path, content: null }];
      },
    });
    res.json({ content: null, commit: gitCommit(result, repository, urls) });
  });
  return router;
}

function checkSha(
  path: string,
  known: string | undefined,
  given: string | undefined,
): void {
  if (known !== undefined && given === undefined) {
    throw new ApiError(422, `Invalid request.\n\n"sha" wasn't supplied.`);
  }
  if (given !== undefined && given !== known) {
    throw new ApiError(409, `${path} does not match ${given}`);
  }
}

async function setLastModified(
  git: GitRepository,
  res: Response,
  sha: string,
  path: string,
): Promise<void> {
  const [last] = await git.revList([sha], { path, limit: 1 });
  const commit = last ? await git.commit(last) : undefined;
  if (commit) {
    res.setHeader(
      'Last-Modified',
      new Date(commit.committer.date).toUTCString(),
    );
  }
}

function typeName(entry: Pick<TreeEntry, 'type' | 'mode'>): string {
  if (entry.mode === '120000') {
    return 'symlink';
  }
  return { tree: 'dir', commit: 'submodule', blob: 'file' }[entry.type];
}

/** The entry a folder is introduced with. */
export function findReadme(entries: TreeEntry[]): TreeEntry | undefined {
  return entries.find(
    entry =>
      entry.type === 'blob' &&
      /^readme(\.(md|markdown|txt))?$/i.test(entry.path),
  );
}

function wrap(base64: string): string {
  return base64.replace(/.{60}/g, '$&\n');
}
