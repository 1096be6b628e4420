import { IncidentLink } from '@waymark/backstage-plugin-dora-common';
import { durationWords } from '../../format';
import { safeUrl } from '../shared/safeUrl';
import { ItemOf } from './useList';

type Deployment = ItemOf<'deployments'>;

const RESULT_WORDS: Record<NonNullable<Deployment['result']>, string> = {
  success: 'Succeeded',
  failure: 'Failed',
  cancelled: 'Cancelled',
};

export const resultWords = ({ result }: Deployment) =>
  result ? RESULT_WORDS[result] : 'Running';

const between = (from: string, to: string) =>
  durationWords(Math.max(0, Date.parse(to) - Date.parse(from)) / 1000);

const REASON_WORDS = {
  incident: 'Caused an incident',
  mended: 'Was rolled back or fixed at once',
};

/** Why it counts as failed, and for how long. */
export function failureWords(
  failure: NonNullable<Deployment['failure']>,
): string {
  const { reason, since, recoveredAt, incidentIds } = failure;
  if (reason === 'failed') {
    return recoveredAt
      ? `Next success after ${between(since, recoveredAt)}`
      : 'No success since';
  }
  const what =
    incidentIds.length > 1
      ? `Caused ${incidentIds.length} incidents`
      : REASON_WORDS[reason];
  if (!recoveredAt) return `${what}, not over`;
  return recoveredAt < since
    ? what
    : `${what}, over after ${between(since, recoveredAt)}`;
}

/** The parts of a lead time that are known. */
export const stageWords = ({ lead }: ItemOf<'changes'>) =>
  lead
    ? [
        lead.coding !== undefined && `coding ${durationWords(lead.coding)}`,
        lead.review !== undefined && `review ${durationWords(lead.review)}`,
        `deploy ${durationWords(lead.deploy)}`,
      ]
    : [];

/** The commit on the branch, beside its pull request on the Git host's pages. */
export function changeCommit(change: ItemOf<'changes'>): string | undefined {
  const url = safeUrl(change.url);
  const base = /^(.*)\/(?:pull\/\d+|commit\/[0-9a-f]+)\/?$/.exec(url ?? '');
  return base ? `${base[1]}/commit/${change.mergeSha}` : undefined;
}

export const LINK_WORDS: Record<IncidentLink, string> = {
  stated: 'A deployment, as its source says',
  window: 'The deployment before it',
  none: 'No deployment',
};
