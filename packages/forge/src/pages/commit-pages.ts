import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Context } from '../context';
import { notFound } from '../errors';
import { Commit, headline } from '../git/commit';
import { EMPTY_TREE } from '../git/repository';
import { RepositoryRecord } from '../store/records';
import { encodePath } from '../urls';
import { diffView } from './diff';
import { html, SafeHtml } from './html';
import { crumbsOf, pathOf, tabsOf } from './layout';
import { pageRepository, refAndPath, send, wildcard } from './support';
import { time } from './time';

const PAGE = 50;

/** Commits as a list, each with its author and id. */
export function commitList(
  context: Context,
  repository: RepositoryRecord,
  commits: readonly Commit[],
): SafeHtml {
  const path = pathOf(repository);
  return html`<ul class="plain card list">
    ${commits.map(
      commit => html`<li class="row">
        <div>
          <a class="title" href="${path}/commit/${commit.sha}"
            >${headline(commit.message) || '(no message)'}</a
          >
          <div class="muted small">
            ${context.byEmail(commit.author.email)?.name ?? commit.author.name}
            · ${time(commit.author.date)}
          </div>
        </div>
        <a class="mono end" href="${path}/commit/${commit.sha}"
          >${commit.sha.slice(0, 7)}</a
        >
      </li>`,
    )}
  </ul>`;
}

/** Histories, single commits, comparisons and branches. */
export function commitRoutes(context: Context): Router {
  const router = PromiseRouter();

  router.get('/:owner/:repo/commits/*', async (req, res) => {
    const { repository, git } = pageRepository(context, req, res);
    const at = await refAndPath(git, wildcard(req.params));
    const page = Math.max(1, Number.parseInt(String(req.query.page), 10) || 1);
    const shas = await git.revList([at.sha], {
      limit: PAGE + 1,
      skip: (page - 1) * PAGE,
      ...(at.path ? { path: at.path } : {}),
    });
    const commits = await git.commits(shas.slice(0, PAGE));
    const here = `${pathOf(repository)}/commits/${encodePath(
      [at.ref, at.path].filter(Boolean).join('/'),
    )}`;
    send(context, res, {
      title: `Commits · ${repository.name}`,
      crumbs: crumbsOf(repository),
      tabs: tabsOf(context, repository, 'code'),
      body: [
        html`<h1>
          Commits
          <span class="muted">on</span>
          <a
            class="mono"
            href="${pathOf(repository)}/tree/${encodePath(at.ref)}"
            >${at.ref}</a
          >
          ${at.path && html`<span class="muted mono">${at.path}</span>`}
        </h1>`,
        commitList(context, repository, commits),
        html`<nav class="row" aria-label="Pages">
          ${page > 1 &&
          html`<a class="button" href="${here}?page=${page - 1}">Newer</a>`}
          ${shas.length > PAGE &&
          html`<a class="button" href="${here}?page=${page + 1}">Older</a>`}
        </nav>`,
      ],
    });
  });

  router.get('/:owner/:repo/commit/:sha', async (req, res) => {
    const { repository, git } = pageRepository(context, req, res);
    const sha = await git.resolve(req.params.sha);
    const commit = sha && (await git.commit(sha));
    if (!commit) {
      throw notFound('There is no such commit.');
    }
    const files = await git.diff(commit.parents[0] ?? EMPTY_TREE, commit.sha);
    const path = pathOf(repository);
    const [first, ...rest] = commit.message.split('\n');
    const text = rest.join('\n').trim();
    const author = context.byEmail(commit.author.email);
    send(context, res, {
      title: `${first} · ${repository.name}`,
      crumbs: crumbsOf(repository),
      tabs: tabsOf(context, repository, 'code'),
      body: [
        html`<article class="card">
          <div class="body">
            <h1>${first || '(no message)'}</h1>
            ${text && html`<pre class="text">${text}</pre>`}
          </div>
          <div class="head">
            <span
              >${author?.name ?? commit.author.name} ·
              ${time(commit.author.date)}</span
            >
            <span class="end small mono">
              ${commit.parents.map(
                parent =>
                  html`<span class="muted">parent</span>
                    <a href="${path}/commit/${parent}"
                      >${parent.slice(0, 7)}</a
                    > `,
              )}
              <span class="muted">commit</span> ${commit.sha.slice(0, 10)}
            </span>
          </div>
        </article>`,
        html`<p class="row">
          <a class="button" href="${path}/tree/${commit.sha}"
            >Browse files at this commit</a
          >
        </p>`,
        diffView(
          files,
          name => `${path}/blob/${commit.sha}/${encodePath(name)}`,
        ),
      ],
    });
  });

  router.get('/:owner/:repo/compare/:range(*)', async (req, res) => {
    const { repository, git } = pageRepository(context, req, res);
    const { range } = req.params;
    const split = range.indexOf('...');
    const left = split < 0 ? repository.defaultBranch : range.slice(0, split);
    const right = split < 0 ? range : range.slice(split + 3);
    const base = await git.resolve(left);
    const head = await git.resolve(right);
    if (!base || !head) {
      throw notFound('There is no such branch or commit to compare.');
    }
    const from = (await git.mergeBase(base, head)) ?? base;
    const commits = await git.commits(
      await git.revList([head], { not: [base], limit: 250 }),
    );
    const path = pathOf(repository);
    send(context, res, {
      title: `${left} … ${right} · ${repository.name}`,
      crumbs: crumbsOf(repository),
      tabs: tabsOf(context, repository, 'code'),
      body: [
        html`<h1 class="mono">${left} … ${right}</h1>`,
        commits.length > 0
          ? commitList(context, repository, commits)
          : html`<p class="muted">Nothing new on ${right}.</p>`,
        diffView(
          await git.diff(from, head),
          name => `${path}/blob/${head}/${encodePath(name)}`,
        ),
      ],
    });
  });

  router.get('/:owner/:repo/branches', async (req, res) => {
    const { repository, git } = pageRepository(context, req, res);
    const { protections } = context.store.of(repository);
    const refs = await git.refs('refs/heads/');
    const commits = await git.commits(refs.map(ref => ref.sha));
    const path = pathOf(repository);
    const rows = refs
      .map((ref, index) => ({
        name: ref.name.slice('refs/heads/'.length),
        commit: commits[index],
      }))
      .sort(
        (a, b) =>
          Number(b.name === repository.defaultBranch) -
            Number(a.name === repository.defaultBranch) ||
          Date.parse(b.commit.committer.date) -
            Date.parse(a.commit.committer.date),
      );
    send(context, res, {
      title: `Branches · ${repository.name}`,
      crumbs: crumbsOf(repository),
      tabs: tabsOf(context, repository, 'code'),
      body: [
        html`<h1>Branches</h1>`,
        rows.length > 0
          ? html`<ul class="plain card list">
              ${rows.map(
                ({ name, commit }) => html`<li class="row">
                  <a class="title mono" href="${path}/tree/${encodePath(name)}"
                    >${name}</a
                  >
                  ${name === repository.defaultBranch &&
                  html`<span class="tag">default</span>`}
                  ${protections.get(name) &&
                  html`<span class="tag">protected</span>`}
                  <span class="muted small end"
                    >${headline(commit.message)} ·
                    ${time(commit.committer.date)}</span
                  >
                </li>`,
              )}
            </ul>`
          : html`<p class="muted">No branches yet.</p>`,
      ],
    });
  });
  return router;
}
