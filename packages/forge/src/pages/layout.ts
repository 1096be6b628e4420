import { Context } from '../context';
import { html, HtmlValue, SafeHtml } from './html';
import { RepositoryRecord } from '../store/records';

/** Path of the stylesheet. No login can begin with a dash. */
export const STYLE_PATH = '/-/style.css';

const LOGO = html`<svg
  width="22"
  height="22"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  aria-hidden="true"
>
  <circle cx="7" cy="5" r="2.2" />
  <circle cx="7" cy="19" r="2.2" />
  <circle cx="17" cy="9" r="2.2" />
  <path d="M7 7.2v9.6M17 11.2c0 3.4-4.6 3-9.2 5.8" />
</svg>`;

/** A step of the path in the header. */
export interface Crumb {
  text: string;
  href?: string;
}

/** A whole page. */
export interface Page {
  title: string;
  crumbs?: Crumb[];
  tabs?: SafeHtml;
  body: HtmlValue;
}

/** Puts a page into its frame. */
export function layout(context: Context, page: Page): string {
  const { portalUrl } = context.options;
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title} · Forge</title>
        <link rel="stylesheet" href="${STYLE_PATH}" />
        <link rel="icon" href="/-/icon.svg" type="image/svg+xml" />
      </head>
      <body>
        <a class="skip" href="#content">Skip to content</a>
        <header class="top">
          <div class="wrap">
            <nav class="crumbs" aria-label="Path">
              <a href="/" aria-label="All organisations">${LOGO}</a>
              ${(page.crumbs ?? []).map(
                crumb => html`<span class="sep" aria-hidden="true">/</span>
                  ${crumb.href
                    ? html`<a href="${crumb.href}">${crumb.text}</a>`
                    : html`<span>${crumb.text}</span>`}`,
              )}
            </nav>
            ${portalUrl &&
            html`<a class="portal" href="${portalUrl}">Developer portal</a>`}
          </div>
        </header>
        ${page.tabs}
        <main id="content">
          <div class="wrap stack">${page.body}</div>
        </main>
        <footer>
          <div class="wrap">
            A Git forge on this machine. It keeps repositories, pull requests
            and webhooks; it runs no pipelines.
          </div>
        </footer>
      </body>
    </html>`.text;
}

/** The tabs of a repository. */
export type Tab =
  | 'code'
  | 'issues'
  | 'pulls'
  | 'actions'
  | 'deployments'
  | 'settings';

/** The row of tabs under the header. */
export function tabsOf(
  context: Context,
  repository: RepositoryRecord,
  current: Tab,
): SafeHtml {
  const path = pathOf(repository);
  const issues = context.store
    .of(repository)
    .issues.list()
    .filter(issue => issue.state === 'open');
  const pulls = issues.filter(issue => issue.pull).length;
  const all: [Tab, string, string, number?][] = [
    ['code', 'Code', path],
    ['issues', 'Issues', `${path}/issues`, issues.length - pulls],
    ['pulls', 'Pull requests', `${path}/pulls`, pulls],
    ['actions', 'Actions', `${path}/actions`],
    ['deployments', 'Deployments', `${path}/deployments`],
    ['settings', 'Webhooks', `${path}/settings/hooks`],
  ];
  return html`<nav class="tabs" aria-label="Repository">
    <ul class="wrap">
      ${all.map(
        ([tab, text, href, count]) =>
          html`<li>
            <a
              href="${href}"
              ${tab === current ? html`aria-current="page"` : ''}
              >${text}
              ${count ? html`<span class="count">${count}</span>` : ''}</a
            >
          </li>`,
      )}
    </ul>
  </nav>`;
}

/** Path of a repository's page. */
export function pathOf(repository: RepositoryRecord): string {
  return `/${repository.owner}/${repository.name}`;
}

/** Header path of a repository, and what follows it. */
export function crumbsOf(
  repository: RepositoryRecord,
  ...more: Crumb[]
): Crumb[] {
  return [
    { text: repository.owner, href: `/${repository.owner}` },
    { text: repository.name, href: pathOf(repository) },
    ...more,
  ];
}
