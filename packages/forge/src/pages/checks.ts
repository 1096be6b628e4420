import { Account } from '../accounts';
import { Context } from '../context';
import { latestStatuses, requiredChecks } from '../services/statuses';
import { CommitStatus, PullRecord, RepositoryRecord } from '../store/records';
import { html, HtmlValue, SafeHtml, webUrl } from './html';
import { time } from './time';

/** What the forms of the checks need. */
export interface CheckForms {
  /** Where they are sent. */
  action: string;
  token: SafeHtml;
}

/** A check with its last result. */
interface Check {
  name: string;
  status: CommitStatus | undefined;
  required: boolean;
}

const TONES = {
  success: 'ok',
  failure: 'bad',
  error: 'bad',
  pending: 'wait',
} as const;

/**
 * The checks of a pull request's newest commit: what is required, what was
 * reported and by whom. With `forms` a result can be recorded for those that
 * are required; one that is there can be followed by another.
 */
export function checksView(
  context: Context,
  repository: RepositoryRecord,
  issue: PullRecord,
  forms?: CheckForms,
): HtmlValue {
  const { headSha } = issue.pull;
  const required = requiredChecks(context, repository, issue);
  const checks: Check[] = [
    ...required.map(one => ({ ...one, required: true })),
    ...latestStatuses(context, repository, headSha)
      .filter(status => !required.some(one => one.name === status.context))
      .map(status => ({ name: status.context, status, required: false })),
  ].filter(one => one.status || issue.state === 'open');
  if (checks.length === 0) {
    return null;
  }
  return html`<div>
    <h2>Checks</h2>
    ${checks.some(one => !one.status) &&
    html`<p class="muted">
      This forge runs no pipelines:
      ${forms
        ? 'run the checks yourself and record the result.'
        : 'somebody who may push has to run the checks and record the result.'}
    </p>`}
    <ul class="plain checks">
      ${checks.map(
        check => html`<li>
          <div class="row">
            <span class="mono">${check.name}</span>
            ${stateOf(check)}
            ${check.required && html`<span class="tag">required</span>`}
            ${check.status &&
            origin(check.status, context.accounts.known(check.status.creator))}
          </div>
          ${check.required && forms && recorder(check, headSha, forms)}
        </li>`,
      )}
    </ul>
  </div>`;
}

function stateOf({ status }: Check): SafeHtml {
  return status
    ? html`<span class="state ${TONES[status.state]}">${status.state}</span>`
    : html`<span class="state wait">no result</span>`;
}

/** Who reported a result and what they said. */
function origin(status: CommitStatus, creator: Account): SafeHtml {
  const url = webUrl(status.targetUrl ?? '');
  return html`<span class="muted small"
    >${status.description && html`${status.description} · `}${creator.name ??
    creator.login},
    ${time(status.createdAt)}
    ${url && html`· <a href="${url}" rel="noreferrer">Details</a>`}</span
  >`;
}

/** The form of one check. Nothing is chosen yet, so nothing passes by haste. */
function recorder(
  { name, status }: Check,
  sha: string,
  { action, token }: CheckForms,
): SafeHtml {
  const form = html`<form class="row" method="post" action="${action}">
    ${token}
    <input type="hidden" name="sha" value="${sha}" />
    <input type="hidden" name="check" value="${name}" />
    <select name="state" aria-label="Result of ${name}" required>
      <option value="">Result</option>
      <option value="success">success</option>
      <option value="failure">failure</option>
    </select>
    <button aria-label="Record the result of ${name}">Record</button>
  </form>`;
  return status
    ? html`<details>
        <summary class="small">Record another result</summary>
        ${form}
      </details>`
    : form;
}
