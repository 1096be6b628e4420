import { createHmac } from 'node:crypto';
import {
  deployment,
  Payload,
  pull,
  push,
} from '../../plugins/dora-backend/src/__testUtils__/github';
import { SECRET } from './portal';

/** What GitHub posts. */
export interface SignedDelivery {
  body: string;
  headers: Record<string, string>;
}

/** Name of a repository that has nothing but what is delivered here. */
export const repositoryOf = (number: number) =>
  `ingest-${String(number).padStart(4, '0')}`;

/**
 * Pushes, merged pull requests and finished deployments in turn, each repository's own
 * history going on: all of them make facts.
 */
export function deliveries(
  count: number,
  repositories: number,
): SignedDelivery[] {
  return Array.from({ length: count }, (_, n) => {
    const round = Math.floor(n / 3 / repositories);
    const repository = repositoryOf(Math.floor(n / 3) % repositories);
    return signed(storyOf(round, n % 3), repository, `bench-${n}`);
  });
}

function storyOf(round: number, part: number): Payload {
  const minutes = round * 60;
  const commit = round + 1;
  if (part === 0) {
    return push(minutes, [commit], round > 0 ? { before: round } : {});
  }
  if (part === 1) {
    return pull(minutes + 1, commit, { head: commit, merge: commit });
  }
  return deployment(minutes + 10, commit, commit, 'success');
}

function signed(
  { event, body }: Payload,
  repository: string,
  delivery: string,
): SignedDelivery {
  const text = JSON.stringify(body).replaceAll(
    'Tidewater/pricing',
    `bench/${repository}`,
  );
  const digest = createHmac('sha256', SECRET).update(text).digest('hex');
  return {
    body: text,
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': delivery,
      'x-hub-signature-256': `sha256=${digest}`,
    },
  };
}
