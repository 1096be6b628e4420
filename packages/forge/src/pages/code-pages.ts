import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Context } from '../context';
import { notFound } from '../errors';
import { sendArchive } from '../git/archive';
import { headline } from '../git/commit';
import { lastChanges } from '../git/lastchanges';
import { encodePath } from '../urls';
import { fileView, MAX_SHOWN, size } from './file-view';
import { folderView } from './folder-view';
import { html } from './html';
import { crumbsOf, pathOf, tabsOf } from './layout';
import { bar, emptyPage, sidebar } from './repository-view';
import {
  actorOf,
  AtRef,
  pageRepository,
  refAndPath,
  send,
  wildcard,
} from './support';
import { time } from './time';

/** The repository itself, its folders and its files. */
export function codeRoutes(context: Context): Router {
  const router = PromiseRouter();

  router.get('/:owner/:repo', async (req, res) => {
    const { repository, git } = pageRepository(context, req, res);
    const ref = repository.defaultBranch;
    const sha = await git.resolve(ref);
    const frame = {
      title: `${repository.owner}/${repository.name}`,
      crumbs: crumbsOf(repository),
      tabs: tabsOf(context, repository, 'code'),
    };
    if (!sha) {
      send(context, res, { ...frame, body: emptyPage(context, repository) });
      return;
    }
    const at: AtRef = { ref, sha, path: '', branch: true };
    send(context, res, {
      ...frame,
      body: html`<div class="split">
        <div class="stack">
          ${await bar(context, repository, git, at)}
          ${await folderView(context, repository, git, at)}
        </div>
        ${await sidebar(context, repository, git)}
      </div>`,
    });
  });

  router.get('/:owner/:repo/tree/*', async (req, res) => {
    const { repository, git } = pageRepository(context, req, res);
    const at = await refAndPath(git, wildcard(req.params));
    const found = await git.stat(at.sha, at.path);
    if (found?.type === 'blob') {
      res.redirect(
        `${pathOf(repository)}/blob/${encodePath(at.ref)}/${encodePath(
          at.path,
        )}`,
      );
      return;
    }
    if (!found) {
      throw notFound('There is no such folder.');
    }
    send(context, res, {
      title: at.path || `${repository.name} at ${at.ref}`,
      crumbs: crumbsOf(repository),
      tabs: tabsOf(context, repository, 'code'),
      body: [
        await bar(context, repository, git, at),
        await folderView(context, repository, git, at),
      ],
    });
  });

  router.get('/:owner/:repo/blob/*', async (req, res) => {
    const { repository, git } = pageRepository(context, req, res);
    const at = await refAndPath(git, wildcard(req.params));
    const found = await git.stat(at.sha, at.path);
    if (found?.type === 'tree') {
      res.redirect(
        `${pathOf(repository)}/tree/${encodePath(at.ref)}/${encodePath(
          at.path,
        )}`,
      );
      return;
    }
    if (!found) {
      throw notFound('There is no such file.');
    }
    const source = req.query.plain === '1';
    const [last] = await lastChanges(git, at.sha, [at.path]);
    const content =
      found.size <= MAX_SHOWN ? await git.blob(found.sha) : undefined;
    const tail = `${encodePath(at.ref)}/${encodePath(at.path)}`;
    const path = pathOf(repository);
    const isMarkdown = /\.(md|markdown)$/i.test(at.path);
    send(context, res, {
      title: `${at.path} · ${repository.name}`,
      crumbs: crumbsOf(repository),
      tabs: tabsOf(context, repository, 'code'),
      body: [
        await bar(context, repository, git, at),
        html`<article class="card">
          <div class="head">
            <span class="muted"
              >${last &&
              html`<a href="${path}/commit/${last.sha}"
                  >${headline(last.message)}</a
                >
                · ${time(last.committer.date)} · `}${size(found.size)}</span
            >
            <span class="end row">
              ${isMarkdown &&
              html`<a href="${path}/blob/${tail}${source ? '' : '?plain=1'}"
                >${source ? 'Rendered' : 'Source'}</a
              >`}
              <a href="${path}/raw/${tail}">Raw</a>
              <a href="${path}/commits/${tail}">History</a>
              ${at.branch &&
              actorOf(context, res) &&
              html`<a href="${path}/edit/${tail}">Edit</a>`}
            </span>
          </div>
          ${fileView(repository, at, content, isMarkdown && !source)}
        </article>`,
      ],
    });
  });

  router.get(
    '/:owner/:repo/archive/:name(*).:format(tar.gz|zip)',
    async (req, res) => {
      const { repository, git } = pageRepository(context, req, res);
      const sha = await git.resolve(
        req.params.name.replace(/^refs\/(heads|tags)\//, ''),
      );
      if (!sha) {
        throw notFound('There is no such branch or commit.');
      }
      await sendArchive(res, git, {
        sha,
        format: req.params.format === 'zip' ? 'zip' : 'tar.gz',
        name: `${repository.name}-${sha.slice(0, 7)}`,
      });
    },
  );
  return router;
}
