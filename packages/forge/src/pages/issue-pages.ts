import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Context } from '../context';
import { ApiError } from '../errors';
import { isPull } from '../services/issues';
import { heading, personName, stateTag, talk } from './conversation';
import { html } from './html';
import { crumbsOf, pathOf, tabsOf } from './layout';
import { pageRepository, send } from './support';
import { time } from './time';

/** The lists of issues and of pull requests, and the page of an issue. */
export function issueRoutes(context: Context): Router {
  const router = PromiseRouter();

  const list = (kind: 'pulls' | 'issues') => (req: Request, res: Response) => {
    const { repository } = pageRepository(context, req, res);
    const state = req.query.state === 'closed' ? 'closed' : 'open';
    const all = context.store
      .of(repository)
      .issues.list()
      .filter(issue => isPull(issue) === (kind === 'pulls'))
      .sort((a, b) => b.number - a.number);
    const shown = all.filter(issue => issue.state === state);
    const path = `${pathOf(repository)}/${kind}`;
    const word = kind === 'pulls' ? 'pull requests' : 'issues';
    const link = (wanted: 'open' | 'closed') => html`<a
      class="button"
      href="${path}${wanted === 'closed' ? '?state=closed' : ''}"
      ${wanted === state && html`aria-current="true"`}
      >${all.filter(issue => issue.state === wanted).length} ${wanted}</a
    >`;
    send(context, res, {
      title: `${kind === 'pulls' ? 'Pull requests' : 'Issues'} · ${
        repository.name
      }`,
      crumbs: crumbsOf(repository),
      tabs: tabsOf(context, repository, kind),
      body: [
        html`<div class="row">
          <h1>${kind === 'pulls' ? 'Pull requests' : 'Issues'}</h1>
          <span class="end row">${link('open')} ${link('closed')}</span>
        </div>`,
        shown.length > 0
          ? html`<ul class="plain card list">
              ${shown.map(
                issue => html`<li>
                  <div class="row">
                    <a
                      class="title"
                      href="${pathOf(repository)}/${issue.pull
                        ? 'pull'
                        : 'issues'}/${issue.number}"
                      >${issue.title}</a
                    >
                    ${stateTag(issue)}
                    ${issue.labels.map(
                      label => html`<span class="tag">${label}</span> `,
                    )}
                  </div>
                  <div class="muted small">
                    #${issue.number} by ${personName(context, issue.author)},
                    ${time(issue.createdAt)}
                  </div>
                </li>`,
              )}
            </ul>`
          : html`<p class="muted">No ${state} ${word}.</p>`,
      ],
    });
  };
  router.get('/:owner/:repo/pulls', list('pulls'));
  router.get('/:owner/:repo/issues', list('issues'));

  router.get('/:owner/:repo/issues/:number', (req, res) => {
    const { repository } = pageRepository(context, req, res);
    const issue = context.store.of(repository).issues.get(req.params.number);
    if (!issue || issue.pull) {
      throw new ApiError(404, 'There is no such issue.');
    }
    send(context, res, {
      title: `${issue.title} · ${repository.name}`,
      crumbs: crumbsOf(repository),
      tabs: tabsOf(context, repository, 'issues'),
      body: [heading(context, issue, null), talk(context, issue)],
    });
  });
  return router;
}
