import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Account } from '../accounts';
import { includes } from '../auth';
import { Context, now } from '../context';
import { ApiError } from '../errors';
import { findPull, isPull } from '../services/issues';
import { blockersOf, opinions } from '../services/mergeability';
import { mergePull } from '../services/merging';
import { closePull, contentOf, detailsOf, reopenPull } from '../services/pulls';
import { submitReview } from '../services/reviews';
import { recordByHand } from '../services/statuses';
import { IssueRecord, PullRecord, RepositoryRecord } from '../store/records';
import { encodePath } from '../urls';
import { checksView } from './checks';
import { commitList } from './commit-pages';
import { diffView } from './diff';
import { checkForm, formToken } from './forms';
import { html, HtmlValue, SafeHtml } from './html';
import { crumbsOf, pathOf, tabsOf } from './layout';
import { markdown } from './markdown';
import { actorOf, needActor, pageRepository, send } from './support';
import { time } from './time';

const checkResult = z.object({
  sha: z.string(),
  check: z.string(),
  state: z.enum(['success', 'failure']),
});

/** The word for the state of an issue or pull request. */
export function stateTag(issue: IssueRecord): SafeHtml {
  if (issue.pull?.mergedAt) {
    return html`<span class="state ok">Merged</span>`;
  }
  if (issue.state === 'closed') {
    return html`<span class="state bad">Closed</span>`;
  }
  return issue.pull?.draft
    ? html`<span class="state">Draft</span>`
    : html`<span class="state wait">Open</span>`;
}

/** Lists of issues and of pull requests, and the page of one. */
export function pullRoutes(context: Context): Router {
  const router = PromiseRouter();
  const { store } = context;

  const list = (kind: 'pulls' | 'issues') => (req: Request, res: Response) => {
    const { repository } = pageRepository(context, req, res);
    const state = req.query.state === 'closed' ? 'closed' : 'open';
    const all = store
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
    const issue = store.of(repository).issues.get(req.params.number);
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

  const showPull = async (
    req: Request,
    res: Response,
    problem?: ApiError,
  ): Promise<void> => {
    const { repository, git } = pageRepository(context, req, res);
    const issue = findPull(context, repository, Number(req.params.number));
    const { pull } = issue;
    const { commits, files } = await contentOf(context, repository, issue);
    const path = pathOf(repository);
    const head =
      pull.headRepository === null
        ? undefined
        : context.current({ id: pull.headRepository });
    const headName =
      head && head.id !== repository.id
        ? `${head.owner}:${pull.head}`
        : pull.head;
    const alive = await git.ref(`refs/heads/${pull.base}`);
    send(
      context,
      res,
      {
        title: `${issue.title} · Pull request #${issue.number}`,
        crumbs: crumbsOf(repository),
        tabs: tabsOf(context, repository, 'pulls'),
        body: [
          heading(
            context,
            issue,
            html`wants ${commits.length}
              ${commits.length === 1 ? 'commit' : 'commits'} from
              <code>${headName}</code> in
              ${alive
                ? html`<a href="${path}/tree/${encodePath(pull.base)}"
                    ><code>${pull.base}</code></a
                  >`
                : html`<code>${pull.base}</code>`}`,
          ),
          problem &&
            html`<div class="note bad" role="alert">
              <p>${problem.message}</p>
            </div>`,
          talk(context, issue),
          await mergeBox(context, req, res, repository, issue),
          html`<section class="stack" aria-label="Commits">
            <h2>Commits</h2>
            ${commitList(context, repository, commits)}
          </section>`,
          diffView(
            files,
            name => `${path}/blob/${pull.headSha}/${encodePath(name)}`,
          ),
        ],
      },
      problem?.status ?? 200,
    );
  };
  router.get('/:owner/:repo/pull/:number(\\d+)', (req, res) =>
    showPull(req, res),
  );
  router.get('/:owner/:repo/pull/:number(\\d+)/(files|commits)', (req, res) => {
    res.redirect(
      `/${encodeURIComponent(req.params.owner)}/${encodeURIComponent(
        req.params.repo,
      )}/pull/${req.params.number}`,
    );
  });

  /** Does what a form asks; what the rules refuse is said on the same page. */
  const form =
    (
      act: (
        req: Request,
        actor: Account,
        repository: RepositoryRecord,
        issue: PullRecord,
      ) => Promise<unknown>,
    ) =>
    async (req: Request, res: Response) => {
      const { repository } = pageRepository(context, req, res);
      checkForm(context, req);
      const issue = findPull(context, repository, Number(req.params.number));
      try {
        await act(req, needActor(context, res), repository, issue);
      } catch (error) {
        if (error instanceof ApiError && error.status !== 404) {
          await showPull(req, res, error);
          return;
        }
        throw error;
      }
      res.redirect(303, `${pathOf(repository)}/pull/${issue.number}`);
    };
  const one = '/:owner/:repo/pull/:number(\\d+)';

  router.post(
    `${one}/merge`,
    form((req, actor, repository, issue) => {
      const { method } = req.body as Record<string, unknown>;
      return mergePull(context, {
        repository,
        number: issue.number,
        actor: mayPush(context, actor, repository),
        method: method === 'squash' || method === 'rebase' ? method : 'merge',
        sha: String((req.body as Record<string, unknown>).sha),
      });
    }),
  );
  router.post(
    `${one}/approve`,
    form((req, _actor, repository, issue) => {
      const login = String((req.body as Record<string, unknown>).as);
      const reviewer = reviewersFor(context, repository, issue).find(
        account => account.login === login,
      );
      if (!reviewer) {
        throw new ApiError(422, 'This account cannot approve it.');
      }
      return submitReview(context, {
        repository,
        issue,
        actor: reviewer,
        body: '',
        event: 'APPROVE',
        at: now(),
      });
    }),
  );
  router.post(
    `${one}/checks`,
    form((req, actor, repository, issue) => {
      const pusher = mayPush(context, actor, repository);
      const given = checkResult.safeParse(req.body);
      if (!given.success) {
        throw new ApiError(422, 'Choose success or failure as the result.');
      }
      const { sha, check, state } = given.data;
      return recordByHand(context, {
        repository,
        issue,
        actor: pusher,
        sha,
        name: check,
        state,
      });
    }),
  );
  router.post(
    `${one}/close`,
    form((_req, actor, repository, issue) =>
      closePull(
        context,
        repository,
        issue,
        mayPush(context, actor, repository),
      ),
    ),
  );
  router.post(
    `${one}/reopen`,
    form((_req, actor, repository, issue) =>
      reopenPull(
        context,
        repository,
        issue,
        mayPush(context, actor, repository),
      ),
    ),
  );
  return router;
}

function canPush(
  context: Context,
  account: Account,
  repository: RepositoryRecord,
): boolean {
  return (
    !repository.archived &&
    includes(context.access.permission(account, repository), 'push')
  );
}

/** @throws ApiError 403 */
function mayPush(
  context: Context,
  actor: Account,
  repository: RepositoryRecord,
): Account {
  if (!canPush(context, actor, repository)) {
    throw new ApiError(
      403,
      repository.archived
        ? 'This repository was archived: it is read-only.'
        : `${actor.login} may not change this repository.`,
    );
  }
  return actor;
}

function personName(context: Context, login: string): string {
  return context.accounts.known(login).name ?? login;
}

function heading(
  context: Context,
  issue: IssueRecord,
  wants: HtmlValue,
): SafeHtml {
  return html`<div>
    <h1>${issue.title} <span class="muted">#${issue.number}</span></h1>
    <p class="row muted">
      ${stateTag(issue)}
      <span>${personName(context, issue.author)} ${wants}</span>
      <span class="small">${time(issue.createdAt)}</span>
      ${issue.labels.map(label => html`<span class="tag">${label}</span>`)}
    </p>
  </div>`;
}

/** Description, comments and reviews in the order they came. */
function talk(context: Context, issue: IssueRecord): HtmlValue {
  const said = [
    ...issue.comments.map(one => ({
      at: one.createdAt,
      who: one.author,
      what: 'commented',
      body: one.body,
    })),
    ...(issue.pull?.reviews ?? []).map(one => ({
      at: one.submittedAt,
      who: one.author,
      what: {
        APPROVED: 'approved these changes',
        CHANGES_REQUESTED: 'asked for changes',
        COMMENTED: 'reviewed',
        DISMISSED: 'approved an earlier version',
      }[one.state],
      body: one.body,
    })),
  ].sort((a, b) => (a.at < b.at ? -1 : 1));
  return [
    html`<article class="card">
      <div class="body prose">
        ${issue.body
          ? markdown(issue.body)
          : html`<p class="muted">No description.</p>`}
      </div>
    </article>`,
    said.map(
      one => html`<article class="card">
        <div class="head">
          <strong>${personName(context, one.who)}</strong> ${one.what}
          <span class="end muted small">${time(one.at)}</span>
        </div>
        ${one.body && html`<div class="body prose">${markdown(one.body)}</div>`}
      </article>`,
    ),
  ];
}

/** Accounts that may approve: all who can push but the author. */
function reviewersFor(
  context: Context,
  repository: RepositoryRecord,
  issue: PullRecord,
): Account[] {
  return context.accounts
    .users()
    .filter(
      user => user.login !== issue.author && canPush(context, user, repository),
    );
}

async function mergeBox(
  context: Context,
  req: Request,
  res: Response,
  repository: RepositoryRecord,
  issue: PullRecord,
): Promise<HtmlValue> {
  const actor = actorOf(context, res);
  const token = actor && formToken(context, req, res);
  const path = `${pathOf(repository)}/pull/${issue.number}`;
  const { pull } = issue;
  if (pull.mergedAt) {
    return html`<div class="note ok">
      <p>
        Merged by ${personName(context, pull.mergedBy ?? issue.author)} as
        <a class="mono" href="${pathOf(repository)}/commit/${pull.mergeSha}"
          >${pull.mergeSha?.slice(0, 7)}</a
        >, ${time(pull.mergedAt)}.
      </p>
      ${checksView(context, repository, issue)}
    </div>`;
  }
  if (issue.state === 'closed') {
    return html`<div class="note">
      Closed without merging.
      ${token &&
      html`<form method="post" action="${path}/reopen">
        ${token}<button>Reopen</button>
      </form>`}
    </div>`;
  }
  const { mergeable } = await detailsOf(context, repository, issue, actor);
  const blockers = [
    ...(mergeable ? [] : ['It conflicts with the base branch.']),
    ...(pull.draft ? ['It is a draft.'] : []),
    ...(await blockersOf(context, repository, issue, actor)),
  ];
  const approvals = opinions(context, repository, issue).filter(
    one => one.state === 'APPROVED',
  );
  return html`<section class="card" aria-label="Merging">
    <div class="head">
      ${blockers.length === 0
        ? html`<span class="state ok">Ready to merge</span>`
        : html`<span class="state wait">Not ready</span>`}
      ${approvals.length > 0 &&
      html`<span class="muted small"
        >approved by
        ${approvals
          .map(one => personName(context, one.author))
          .join(', ')}</span
      >`}
    </div>
    <div class="body stack">
      ${blockers.length > 0 &&
      html`<ul class="plain">
        ${blockers.map(text => html`<li>${text}</li>`)}
      </ul>`}
      ${checksView(
        context,
        repository,
        issue,
        token && canPush(context, actor, repository)
          ? { action: `${path}/checks`, token }
          : undefined,
      )}
      ${actor && token
        ? html`<div class="row">
              ${mergeForm(repository, issue, path, token, blockers.length > 0)}
              ${approveForm(context, repository, issue, path, token, actor)}
              <form class="end" method="post" action="${path}/close">
                ${token}<button>Close</button>
              </form>
            </div>
            <p class="muted small">
              You act as ${actor.name ?? actor.login} here.
            </p>`
        : html`<p class="muted">These pages are set up for reading only.</p>`}
    </div>
  </section>`;
}

function mergeForm(
  { settings }: RepositoryRecord,
  issue: PullRecord,
  path: string,
  token: SafeHtml,
  blocked: boolean,
): SafeHtml {
  const methods = [
    settings.allow_merge_commit && ['merge', 'as a merge commit'],
    settings.allow_squash_merge && ['squash', 'squashed into one commit'],
    settings.allow_rebase_merge && ['rebase', 'rebased'],
  ].filter(one => one !== false);
  return html`<form class="row" method="post" action="${path}/merge">
    ${token}
    <input type="hidden" name="sha" value="${issue.pull.headSha}" />
    <button class="primary" ${blocked && html`disabled`}>
      Merge pull request
    </button>
    <select name="method" aria-label="How to merge">
      ${methods.map(
        ([value, text]) => html`<option value="${value}">${text}</option>`,
      )}
    </select>
  </form>`;
}

function approveForm(
  context: Context,
  repository: RepositoryRecord,
  issue: PullRecord,
  path: string,
  token: SafeHtml,
  actor: Account,
): HtmlValue {
  const reviewers = reviewersFor(context, repository, issue);
  return (
    reviewers.length > 0 &&
    html`<form class="row" method="post" action="${path}/approve">
      ${token}
      <button>Approve</button>
      <select name="as" aria-label="Approve as">
        ${reviewers.map(
          one => html`<option
            value="${one.login}"
            ${one.login === actor.login && html`selected`}
          >
            as ${one.name ?? one.login}
          </option>`,
        )}
      </select>
    </form>`
  );
}
