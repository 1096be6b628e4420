import { Context } from '../context';
import { IssueRecord } from '../store/records';
import { html, HtmlValue, SafeHtml } from './html';
import { markdown } from './markdown';
import { time } from './time';

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

/** Name of a person, or their login. */
export function personName(context: Context, login: string): string {
  return context.accounts.known(login).name ?? login;
}

/** Title and state of an issue; `wants` says what it is after. */
export function heading(
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
export function talk(context: Context, issue: IssueRecord): HtmlValue {
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
