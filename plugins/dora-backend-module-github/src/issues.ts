import {
  Delivery,
  firstLine,
  Observation,
  ObservationOf,
  read,
  Translation,
} from '@waymark/backstage-plugin-dora-node';
import { z } from 'zod';
import { hintsOf } from './hints';
import { issuePayload, repositoryOf } from './payloads';

/** Which issues are incidents. */
export interface IssueSettings {
  /** An issue with any of these is one; capital letters count like small ones. */
  labels: readonly string[];
}

type Issue = z.infer<typeof issuePayload>['issue'];
type Status = ObservationOf<'incident'>['status'];

/** Closed like this, nothing of its own was broken. */
const NOT_AN_INCIDENT = new Set(['not_planned', 'duplicate']);

/**
 * An incident, as the issue is at the moment: when it was opened, when it was
 * closed, and how it is since it was last changed.
 */
export function issues(
  { body, receivedAt }: Delivery,
  settings: IssueSettings,
): Translation {
  const { action, issue, label, repository } = read(issuePayload, body);
  if (issue.pull_request) return { ignored: 'It is a pull request' };
  const isIncident = isOf(
    issue.labels.map(({ name }) => name),
    settings,
  );
  const lost = action === 'unlabeled' && label && isOf([label.name], settings);
  if (!isIncident && !lost) {
    return { ignored: 'The issue has no label of an incident' };
  }
  const gone = action === 'deleted' || action === 'transferred';
  const of = repositoryOf(repository);
  const { cause, ...hints } = hintsOf(issue.body ?? '', of);
  const severity = severityOf(issue);
  const at = (status: Status, when: string): Observation => ({
    kind: 'incident',
    source: 'github',
    externalId: `${of}/issues/${issue.number}`,
    repository: of,
    ...hints,
    severity,
    title: firstLine(issue.title),
    url: issue.html_url,
    at: when,
    status,
    startedAt: hints.startedAt ?? issue.created_at,
    ...(cause && { cause }),
  });
  if (!isIncident || gone) {
    // Of a deletion, the issue's own times say nothing.
    const when = gone ? receivedAt.toISOString() : issue.updated_at;
    return { observations: [at('withdrawn', when)] };
  }
  const opened = at('triggered', issue.created_at);
  if (isOpen(issue)) {
    const status = action === 'reopened' ? 'reopened' : 'triggered';
    return { observations: [opened, at(status, issue.updated_at)] };
  }
  const status = NOT_AN_INCIDENT.has(issue.state_reason ?? '')
    ? 'withdrawn'
    : 'resolved';
  const closedAt = issue.closed_at ?? issue.updated_at;
  return {
    observations: [opened, at(status, closedAt), at(status, issue.updated_at)],
  };
}

function isOf(names: string[], { labels }: IssueSettings): boolean {
  const wanted = new Set(labels.map(label => label.toLowerCase()));
  return names.some(name => wanted.has(name.toLowerCase()));
}

function isOpen({ state, closed_at }: Issue): boolean {
  return state ? state === 'open' : !closed_at;
}

/** `severity:high` says high, `sev1` says sev1; the first in order of the alphabet. */
function severityOf({ labels }: Issue): string {
  const [first] = labels
    .map(({ name }) => name.trim().toLowerCase())
    .flatMap(name => {
      const named = /^severity\s*[:/=_-]\s*(\S.*)$/.exec(name)?.[1];
      const numbered = /^sev[\s:/=_-]*(\d)$/.exec(name)?.[1];
      return named ?? (numbered ? `sev${numbered}` : []);
    })
    .sort();
  return first ?? '';
}
