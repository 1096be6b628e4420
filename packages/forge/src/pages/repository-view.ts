import { Context } from '../context';
import { GitRepository } from '../git/repository';
import { RepositoryRecord } from '../store/records';
import { encodePath } from '../urls';
import { html, SafeHtml } from './html';
import { pathOf } from './layout';
import { AtRef } from './support';
import { time } from './time';

/** How to begin with a repository that has no commit yet. */
export function emptyPage(
  context: Context,
  repository: RepositoryRecord,
): SafeHtml {
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
export async function bar(
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

/** Description, environments and tags of a repository. */
export async function sidebar(
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
