import { Entity } from '@backstage/catalog-model';
import {
  at,
  deployment,
  Payload,
  pull,
  push,
  sha,
} from '../../__testUtils__/github';

/** What sources tell: deliveries of GitHub, or observations. */
export type Told = Payload | object[];

/** How far an incident of the service was. */
export function incident(
  id: string,
  minutes: number,
  status: string,
  more: object = {},
): object[] {
  return [
    {
      kind: 'incident',
      source: 'toy',
      externalId: id,
      service: 'PD-pricing',
      severity: 'high',
      title: 'Prices are wrong',
      at: at(minutes),
      status,
      ...more,
    },
  ];
}

/** A pull request and a commit, deployed; an incident, and the rollback. */
export const STORY: readonly Told[] = [
  push(0, [1]),
  push(10, [11, 12], { branch: 'feature', times: [5, 8] }),
  pull(20, 7, { head: 12 }),
  push(40, [2], { before: 1 }),
  pull(40, 7, { head: 12, merge: 2, createdAt: 20 }),
  push(50, [3], { before: 2 }),
  deployment(60, 1, 3),
  deployment(70, 1, 3, 'success', { startedAt: 60 }),
  push(80, [4], { before: 3 }),
  deployment(100, 3, 4, 'success', { startedAt: 95 }),
  incident('I1', 110, 'triggered'),
  deployment(130, 4, 3, 'success', { startedAt: 120 }),
  incident('I1', 140, 'resolved'),
];

/** The same, told by clocks that are wrong. */
export function wrongClocks(): readonly Told[] {
  const first = push(0, [1]);
  const second = push(40, [2], { before: 1, times: [-60 * 24] });
  const yearOne = '0001-01-01T00:00:00Z';
  const withTime = (payload: Payload, time: string): Payload => {
    const body = payload.body as { commits: { timestamp: string }[] };
    for (const commit of body.commits) commit.timestamp = time;
    return payload;
  };
  return [
    withTime(first, yearOne),
    second,
    withTime(push(50, [3], { before: 2 }), '2999-12-31T23:59:59Z'),
    pull(60, 9, { head: 3, merge: 3, createdAt: 60 * 24 * 365 * 900 }),
    // It finished a day before its commit was pushed.
    deployment(70 - 60 * 24, 1, 2, 'success'),
    deployment(125, 2, 3, 'success'),
    // It was over before what caused it.
    incident('I1', 100, 'triggered', { cause: { sha: sha(3) } }),
    incident('I1', 110, 'resolved'),
    incident('I2', 60 * 24 * 365 * 900, 'triggered'),
  ];
}

/** A service that has its repository for itself. */
export const PRICING: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    namespace: 'default',
    name: 'pricing',
    annotations: {
      'backstage.io/managed-by-location':
        'url:https://git.example.com/tidewater/pricing/tree/main/catalog-info.yaml',
      'backstage.io/source-location':
        'url:https://git.example.com/tidewater/pricing/tree/main/',
      'pagerduty.com/service-id': 'PD-pricing',
    },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'checkout' },
};
