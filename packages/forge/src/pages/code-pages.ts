import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Context } from '../context';
import { notFound } from '../errors';
import { sendArchive } from '../git/archive';
import { lastChanges } from '../git/lastchanges';
import { GitRepository, TreeEntry } from '../git/repository';
import { findReadme } from '../rest/contents';
import { headline } from '../git/commit';
import { RepositoryRecord } from '../store/records';
import { encodePath } from '../urls';
import { codeLines } from './code';
import { html, HtmlValue, SafeHtml } from './html';
import { crumbsOf, pathOf, tabsOf } from './layout';
import { markdown } from './markdown';
import { AtRef, pageRepository, refAndPath, send, actorOf } from './support';
import { time } from './time';

const MAX_SHOWN = 1024 * 1024;
const FOLDER_ICON = html`<svg
  class="icon"
  width="16"
  height="16"
  viewBox="0 0 16 16"
  fill="currentColor"
  aria-label="Folder"
  role="img"
>
  <path d="M1.5 3h4.2l1.5 1.6h7.3v8.9h-13z" />
</svg>`;
const FILE_ICON = html`<svg
  class="icon"
  width="16"
  height="16"
  viewBox="0 0 16 16"
  fill="none"
  stroke="currentColor"
  stroke-width="1.3"
  aria-label="File"
  role="img"
>
  <path d="M3.5 1.7h6l3 3v9.6h-9zM9.3 1.9v3h3" />
</svg>`;

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

/** What a route's `*` stands for. */
export function wildcard(params: Record<string, string>): string {
  return params[0].replace(/^\/+|\/+$/g, '');
}

function emptyPage(context: Context, repository: RepositoryRecord): SafeHtml {
  const url = `${context.urls.repositoryHtml(repository)}.git`;
  return html`<h1>${repository.name}</h1>
    ${repository.description && html`<p>${repository.description}</p>`}
    <div class="card">
      <div class="head"><h2>This repository is empty</h2></div>
      <pre class="text">
git clone ${url}
cd ${repository.name}
echo "# ${repository.name}" > README.md
git add README.md
git commit -m "First commit"
git push origin HEAD:${repository.defaultBranch}</pre
      >
    </div>`;
}

/** Where one is: branch and path. */
async function bar(
  context: Context,
  repository: RepositoryRecord,
  git: GitRepository,
  at: AtRef,
): Promise<SafeHtml> {
  const path = pathOf(repository);
  const parts = at.path === '' ? [] : at.path.split('/');
  const branches = await git.refs('refs/heads/');
  const tree = `${path}/tree/${encodePath(at.ref)}`;
  const clone = `${context.urls.repositoryHtml(repository)}.git`;
  return html`<div class="row">
    <a class="button mono" href="${path}/branches"
      >${/^[0-9a-f]{40}$/.test(at.ref) ? at.ref.slice(0, 10) : at.ref}</a
    >
    ${parts.length === 0
      ? html`<span class="muted small"
            ><a href="${path}/branches"
              >${branches.length}
              ${branches.length === 1 ? 'branch' : 'branches'}</a
            >
            · <a href="${path}/commits/${encodePath(at.ref)}">commits</a></span
          >
          <label class="clone end"
            ><span class="muted small">Clone</span
            ><input
              type="text"
              class="mono"
              readonly
              size="40"
              value="${clone}"
          /></label>`
      : html`<h1 class="mono">
          <a href="${tree}">${repository.name}</a>${parts.map((part, index) =>
            index === parts.length - 1
              ? html` / ${part}`
              : html` /
                  <a
                    href="${tree}/${encodePath(
                      parts.slice(0, index + 1).join('/'),
                    )}"
                    >${part}</a
                  >`,
          )}
        </h1>`}
  </div>`;
}

async function folderView(
  context: Context,
  repository: RepositoryRecord,
  git: GitRepository,
  at: AtRef,
): Promise<SafeHtml> {
  const entries = sorted(await git.tree(at.sha, { path: at.path }));
  const prefix = at.path ? `${at.path}/` : '';
  const changes = await lastChanges(
    git,
    at.sha,
    entries.map(entry => `${prefix}${entry.path}`),
  );
  const [last] = await git.commits(
    await git.revList([at.sha], {
      limit: 1,
      ...(at.path ? { path: at.path } : {}),
    }),
  );
  const path = pathOf(repository);
  const author = last && context.byEmail(last.author.email);
  return html`<section class="card" aria-label="Files">
      ${last &&
      html`<div class="head">
        <strong>${author?.name ?? last.author.name}</strong>
        <a href="${path}/commit/${last.sha}">${headline(last.message)}</a>
        <span class="end muted small"
          ><a class="mono" href="${path}/commit/${last.sha}"
            >${last.sha.slice(0, 7)}</a
          >
          · ${time(last.committer.date)}</span
        >
      </div>`}
      <table class="files">
        <tbody>
          ${entries.map((entry, index) =>
            entryRow(
              entry,
              `${path}/${entry.type === 'tree' ? 'tree' : 'blob'}/${encodePath(
                at.ref,
              )}/${encodePath(`${prefix}${entry.path}`)}`,
              changes[index]
                ? {
                    text: headline(changes[index].message),
                    date: changes[index].committer.date,
                  }
                : undefined,
            ),
          )}
        </tbody>
      </table>
    </section>
    ${await readmeView(repository, git, at, entries)}`;
}

function sorted(entries: TreeEntry[]): TreeEntry[] {
  return [...entries].sort(
    (a, b) =>
      Number(b.type === 'tree') - Number(a.type === 'tree') ||
      a.path.localeCompare(b.path, 'en'),
  );
}

function entryRow(
  entry: TreeEntry,
  href: string,
  change: { text: string; date: string } | undefined,
): SafeHtml {
  const folder = entry.type === 'tree';
  const name =
    entry.type === 'commit'
      ? html`${entry.path} @ ${entry.sha.slice(0, 7)}`
      : html`<a href="${href}">${entry.path}</a>`;
  return html`<tr ${folder && html`class="folder"`}>
    <td class="name">${folder ? FOLDER_ICON : FILE_ICON} ${name}</td>
    <td class="msg">${change?.text}</td>
    <td class="when">${change && time(change.date)}</td>
  </tr>`;
}

async function readmeView(
  repository: RepositoryRecord,
  git: GitRepository,
  at: AtRef,
  entries: TreeEntry[],
): Promise<HtmlValue> {
  const readme = findReadme(entries);
  if (!readme || (readme.size ?? 0) > MAX_SHOWN) {
    return null;
  }
  const text = (await git.blob(readme.sha)).toString('utf8');
  return html`<section class="card" aria-label="${readme.path}">
    <div class="head"><h2>${readme.path}</h2></div>
    <div class="body prose">
      ${/\.txt$|^[^.]*$/i.test(readme.path)
        ? html`<pre>${text}</pre>`
        : markdown(text, {
            repository: pathOf(repository),
            ref: at.ref,
            folder: at.path,
          })}
    </div>
  </section>`;
}

async function sidebar(
  context: Context,
  repository: RepositoryRecord,
  git: GitRepository,
): Promise<SafeHtml> {
  const path = pathOf(repository);
  const tags = await git.refs('refs/tags/');
  const { environments, deployments } = context.store.of(repository);
  const parent =
    repository.forkOf === null
      ? undefined
      : context.current({ id: repository.forkOf });
  return html`<aside class="side">
    <section>
      <h2>About</h2>
      <p>
        ${repository.description ??
        html`<span class="muted">No description.</span>`}
      </p>
      ${parent &&
      html`<p class="small muted">
        Forked from
        <a href="${pathOf(parent)}">${parent.owner}/${parent.name}</a>
      </p>`}
      <p>
        <span class="tag">${repository.visibility}</span>
        ${repository.archived && html`<span class="tag">archived</span>`}
        ${repository.topics.map(
          topic => html`<span class="tag topic">${topic}</span> `,
        )}
      </p>
    </section>
    <section>
      <h2>Environments</h2>
      ${environments.size === 0
        ? html`<p class="muted small">None yet.</p>`
        : html`<ul class="plain">
            ${environments.list().map(one => {
              const last = deployments
                .list()
                .filter(item => item.environment === one.name)
                .at(-1);
              return html`<li>
                <a href="${path}/deployments">${one.name}</a>
                ${last &&
                html`<span class="muted small"
                  >deployed ${time(last.createdAt)}</span
                >`}
              </li>`;
            })}
          </ul>`}
    </section>
    <section>
      <h2>Tags</h2>
      ${tags.length === 0
        ? html`<p class="muted small">None yet.</p>`
        : html`<ul class="plain">
            ${tags.slice(-8).map(ref => {
              const name = ref.name.slice('refs/tags/'.length);
              return html`<li>
                <a href="${path}/tree/${encodePath(name)}">${name}</a>
              </li>`;
            })}
          </ul>`}
    </section>
  </aside>`;
}

function fileView(
  repository: RepositoryRecord,
  at: AtRef,
  content: Buffer | undefined,
  rendered: boolean,
): SafeHtml {
  if (!content) {
    return html`<div class="body muted">Too large to show.</div>`;
  }
  if (/\.(png|jpe?g|gif|webp)$/i.test(at.path)) {
    return html`<div class="body">
      <img
        src="${pathOf(repository)}/raw/${encodePath(at.ref)}/${encodePath(
          at.path,
        )}"
        alt="${at.path}"
      />
    </div>`;
  }
  if (content.includes(0)) {
    return html`<div class="body muted">Binary file.</div>`;
  }
  const text = content.toString('utf8');
  if (rendered) {
    return html`<div class="body prose">
      ${markdown(text, {
        repository: pathOf(repository),
        ref: at.ref,
        folder: at.path.split('/').slice(0, -1).join('/'),
      })}
    </div>`;
  }
  return html`<div class="code" tabindex="0">
    <table>
      ${codeLines(text, at.path).map(
        (line, index) => html`<tr id="L${index + 1}">
          <td class="no"><a href="#L${index + 1}">${index + 1}</a></td>
          <td><span class="src">${new SafeHtml(line)}</span></td>
        </tr>`,
      )}
    </table>
  </div>`;
}

function size(bytes: number): string {
  return bytes < 1024
    ? `${bytes} bytes`
    : (bytes < 1024 * 1024 && `${(bytes / 1024).toFixed(1)} kB`) ||
        `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
