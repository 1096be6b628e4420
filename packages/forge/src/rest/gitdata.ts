import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Context } from '../context';
import { ApiError, invalid, notFound } from '../errors';
import { writeBlob, writeCommit, TreeEdit, writeTree } from '../git/objects';
import { GitRepository } from '../git/repository';
import { isSha, isTreePath } from '../names';
import { signatureOf } from '../services/initial';
import { gitCommit } from '../shapes/commit';
import { RepositoryRecord } from '../store/records';
import { nodeId } from '../urls';
import { bodyOf, changeOf, queryOf, repositoryOf } from './support';

const MAX_TREE_ENTRIES = 100_000;
const MAX_BLOB = 100 * 1024 * 1024;

const sha = z.string().refine(isSha, 'must be a SHA-1');
const blobBody = z.object({
  content: z.string(),
  encoding: z.string().default('utf-8'),
});
const treeBody = z.object({
  base_tree: sha.nullish(),
  tree: z
    .array(
      z.object({
        path: z.string().refine(isTreePath, 'is not a valid path'),
        mode: z.enum(['100644', '100755', '040000', '160000', '120000']),
        type: z.string().optional(),
        sha: sha.nullish(),
        content: z.string().optional(),
      }),
    )
    .min(1)
    .max(MAX_TREE_ENTRIES),
});
const person = z.object({
  name: z.string(),
  email: z.string(),
  date: z.string().datetime({ offset: true }).optional(),
});
const commitBody = z.object({
  message: z.string(),
  tree: sha,
  parents: z.array(sha).default([]),
  author: person.nullish(),
  committer: person.nullish(),
  signature: z.string().nullish(),
});

/** Blobs, trees and commits as such. */
export function gitDataRoutes(context: Context): Router {
  const router = PromiseRouter();
  const { urls } = context;
  const base = '/repos/:owner/:repo/git';

  const needs = async (
    git: GitRepository,
    id: string,
    type: string,
  ): Promise<void> => {
    if ((await git.objectInfo(id))?.type !== type) {
      throw new ApiError(
        422,
        `${type[0].toUpperCase()}${type.slice(1)} SHA does not exist: ${id}`,
      );
    }
  };

  router.post(`${base}/blobs`, async (req, res) => {
    const { repository, git } = changeOf(context, req, res);
    const body = bodyOf(req, blobBody, 'Blob');
    const encoding = body.encoding === 'base64' ? 'base64' : 'utf8';
    const id = await writeBlob(git, Buffer.from(body.content, encoding));
    res.status(201).json({
      sha: id,
      url: `${urls.repositoryApi(repository)}/git/blobs/${id}`,
    });
  });
  router.get(`${base}/blobs/:sha`, async (req, res) => {
    const repository = repositoryOf(context, req, res);
    const git = context.git(repository);
    const id = req.params.sha;
    const info = isSha(id) ? await git.objectInfo(id) : undefined;
    if (info?.type !== 'blob') {
      throw notFound();
    }
    if (info.size > MAX_BLOB) {
      throw new ApiError(403, 'The requested blob is too large.');
    }
    const content = await git.blob(id);
    if (/\braw\b/.test(req.get('accept') ?? '')) {
      res.type('application/vnd.github.raw').send(content);
      return;
    }
    res.json({
      sha: id,
      node_id: nodeId('Blob', id),
      size: info.size,
      url: `${urls.repositoryApi(repository)}/git/blobs/${id}`,
      content: content.toString('base64'),
      encoding: 'base64',
    });
  });

  const treeShape = async (
    repository: RepositoryRecord,
    id: string,
    recursive: boolean,
  ) => {
    const api = urls.repositoryApi(repository);
    const entries = await context.git(repository).tree(id, { recursive });
    return {
      sha: id,
      url: `${api}/git/trees/${id}`,
      tree: entries.slice(0, MAX_TREE_ENTRIES).map(entry => ({
        path: entry.path,
        mode: entry.mode,
        type: entry.type,
        sha: entry.sha,
        ...(entry.size === undefined ? {} : { size: entry.size }),
        ...(entry.type === 'commit'
          ? {}
          : { url: `${api}/git/${entry.type}s/${entry.sha}` }),
      })),
      truncated: entries.length > MAX_TREE_ENTRIES,
    };
  };
  router.get(`${base}/trees/:sha(*)`, async (req, res) => {
    const repository = repositoryOf(context, req, res);
    const git = context.git(repository);
    const wanted = req.params.sha;
    const commit = await git.resolve(wanted);
    const tree = commit
      ? (await git.commit(commit))?.tree
      : isSha(wanted) && wanted;
    if (!tree || (await git.objectInfo(tree))?.type !== 'tree') {
      throw notFound();
    }
    const recursive = queryOf(req, 'recursive') !== undefined;
    res.json({
      ...(await treeShape(repository, tree, recursive)),
      // Callers ask by commit and compare what they get with what they asked.
      sha: tree,
    });
  });
  router.post(`${base}/trees`, async (req, res) => {
    const { repository, git } = changeOf(context, req, res);
    const body = bodyOf(req, treeBody, 'Tree');
    if (body.base_tree) {
      const info = await git.objectInfo(body.base_tree);
      if (info?.type !== 'tree' && info?.type !== 'commit') {
        throw new ApiError(422, `Tree SHA does not exist: ${body.base_tree}`);
      }
    }
    const edits: TreeEdit[] = [];
    for (const entry of body.tree) {
      if (entry.content !== undefined) {
        const id = await writeBlob(git, Buffer.from(entry.content));
        edits.push({ path: entry.path, mode: entry.mode, sha: id });
      } else if (entry.sha === undefined) {
        throw invalid(
          'Tree',
          'tree.sha',
          'Must supply either tree.sha or tree.content.',
        );
      } else {
        if (entry.sha !== null && entry.mode !== '160000') {
          const type = entry.mode === '040000' ? 'tree' : 'blob';
          await needs(git, entry.sha, type);
        }
        edits.push({ path: entry.path, mode: entry.mode, sha: entry.sha });
      }
    }
    const id = await writeTree(git, body.base_tree ?? undefined, edits);
    res.status(201).json(await treeShape(repository, id, false));
  });

  router.post(`${base}/commits`, async (req, res) => {
    const { repository, actor, git } = changeOf(context, req, res);
    const body = bodyOf(req, commitBody, 'Commit');
    await needs(git, body.tree, 'tree');
    for (const parent of body.parents) {
      await needs(git, parent, 'commit');
    }
    const who = signatureOf(actor);
    const author = { ...who, ...body.author };
    const id = await writeCommit(git, {
      tree: body.tree,
      parents: body.parents,
      author,
      committer: { ...author, ...body.committer },
      message: body.message,
      ...(body.signature ? { signature: body.signature } : {}),
    });
    const commit = await git.commit(id);
    res.status(201).json(commit && gitCommit(commit, repository, urls));
  });
  router.get(`${base}/commits/:sha`, async (req, res) => {
    const repository = repositoryOf(context, req, res);
    const commit = isSha(req.params.sha)
      ? await context.git(repository).commit(req.params.sha)
      : undefined;
    if (!commit) {
      throw notFound();
    }
    res.json(gitCommit(commit, repository, urls));
  });

  return router;
}
