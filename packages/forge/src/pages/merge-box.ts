import { Request, Response } from 'express';
import { Account } from '../accounts';
import { Context } from '../context';
import { blockersOf, opinions } from '../services/mergeability';
import { detailsOf } from '../services/pulls';
import { PullRecord, RepositoryRecord } from '../store/records';
import { checksView } from './checks';
import { personName } from './conversation';
import { formToken } from './forms';
import { html, HtmlValue, SafeHtml } from './html';
import { pathOf } from './layout';
import { actorOf, canPush } from './support';
import { time } from './time';

/** Accounts that may approve: all who can push but the author. */
export function reviewersFor(
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

/** What stands in the way of a merge, and the forms that act on it. */
export async function mergeBox(
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
