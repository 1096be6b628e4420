import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Viewer } from '../auth';
import { Context } from '../context';
import { ApiError, notFound } from '../errors';
import { RepositoryRecord } from '../store/records';
import { html, SafeHtml } from './html';
import { pathOf } from './layout';
import { send } from './support';
import { time } from './time';

/** `/`, `/:owner` and the page of a team. */
export function homeRoutes(context: Context): Router {
  const router = PromiseRouter();
  const { accounts, access, store, options } = context;

  const visible = (res: Response, owner: string) => {
    const viewer = res.locals.viewer as Viewer;
    return store
      .ownedBy(owner)
      .filter(one => access.readable(viewer, one.owner, one.name));
  };
  const mayList = (res: Response) => {
    if (!res.locals.viewer && !options.anonymousRead) {
      throw new ApiError(401, 'Requires authentication');
    }
  };

  router.get('/', (_req, res) => {
    mayList(res);
    const owners = [
      ...accounts.organisations(),
      ...accounts.users().filter(user => visible(res, user.login).length > 0),
    ];
    send(context, res, {
      title: 'Organisations',
      body: [
        html`<h1>Organisations</h1>`,
        html`<ul class="plain card list">
          ${owners.map(owner => {
            const count = visible(res, owner.login).length;
            return html`<li>
              <a class="title" href="/${owner.login}"
                >${owner.name ?? owner.login}</a
              >
              <div class="muted small">
                ${owner.login} · ${count}
                ${count === 1 ? 'repository' : 'repositories'}
              </div>
            </li>`;
          })}
        </ul>`,
      ],
    });
  });

  router.get('/orgs/:owner/teams/:slug', (req, res) => {
    mayList(res);
    const team = accounts
      .teams(req.params.owner)
      .find(one => one.slug === req.params.slug);
    if (!team) {
      throw notFound('There is no such team.');
    }
    send(context, res, {
      title: team.name,
      crumbs: [
        { text: team.organisation, href: `/${team.organisation}` },
        { text: team.name },
      ],
      body: [
        html`<h1>${team.name}</h1>`,
        html`<section class="card">
          <div class="head">Members</div>
          <ul class="plain list">
            ${team.members.map(login => {
              const { name } = accounts.known(login);
              return html`<li>
                ${name ?? login}
                ${name && html`<span class="muted">${login}</span>`}
              </li>`;
            })}
            ${team.members.length === 0 &&
            html`<li class="muted">None yet.</li>`}
          </ul>
        </section>`,
      ],
    });
  });

  router.get('/:owner', (req: Request, res: Response) => {
    mayList(res);
    const owner = accounts.get(req.params.owner);
    if (!owner) {
      throw notFound('There is no such organisation or user.');
    }
    const query = String(req.query.q ?? '').trim();
    const all = visible(res, owner.login);
    const found = all.filter(one => matches(one, query));
    send(context, res, {
      title: owner.name ?? owner.login,
      crumbs: [{ text: owner.login }],
      body: [
        html`<div class="row">
          <h1>${owner.name ?? owner.login}</h1>
          <span class="muted"
            >${all.length}
            ${all.length === 1 ? 'repository' : 'repositories'}</span
          >
          <form class="end" method="get" role="search">
            <input
              type="search"
              name="q"
              value="${query}"
              placeholder="Find a repository"
              aria-label="Find a repository"
            />
          </form>
        </div>`,
        found.length > 0
          ? html`<ul class="plain card list">
              ${found.map(repositoryItem)}
            </ul>`
          : html`<p class="muted">
              ${query
                ? `No repository matches “${query}”.`
                : 'No repositories yet.'}
            </p>`,
      ],
    });
  });
  return router;
}

function matches(repository: RepositoryRecord, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const text = [
    repository.name,
    repository.description ?? '',
    ...repository.topics,
  ]
    .join(' ')
    .toLowerCase();
  return words.every(word => text.includes(word));
}

function repositoryItem(repository: RepositoryRecord): SafeHtml {
  return html`<li>
    <div class="row">
      <a class="title" href="${pathOf(repository)}">${repository.name}</a>
      ${repository.visibility !== 'public' &&
      html`<span class="tag">${repository.visibility}</span>`}
      ${repository.archived && html`<span class="tag">archived</span>`}
      ${repository.forkOf !== null && html`<span class="tag">fork</span>`}
      <span class="muted small end"
        >${repository.pushedAt
          ? html`pushed ${time(repository.pushedAt)}`
          : 'empty'}</span
      >
    </div>
    ${repository.description && html`<div>${repository.description}</div>`}
    ${repository.topics.length > 0 &&
    html`<div>
      ${repository.topics.map(
        topic => html`<span class="tag topic">${topic}</span> `,
      )}
    </div>`}
  </li>`;
}
