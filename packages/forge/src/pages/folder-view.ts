import { Context } from '../context';
import { headline } from '../git/commit';
import { lastChanges } from '../git/lastchanges';
import { GitRepository, TreeEntry } from '../git/repository';
import { findReadme } from '../rest/contents';
import { RepositoryRecord } from '../store/records';
import { encodePath } from '../urls';
import { MAX_SHOWN } from './file-view';
import { html, HtmlValue, SafeHtml } from './html';
import { pathOf } from './layout';
import { markdown } from './markdown';
import { AtRef } from './support';
import { time } from './time';

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

/** The entries of a folder, each with its last commit, and its README. */
export async function folderView(
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
