import {
  ROLLED_STATES,
  RolledService,
  RolledState,
  Rollout,
  RolloutPage,
} from '@waymark/backstage-plugin-golden-paths-common';

const service = (
  name: string,
  state: RolledState,
  more: Partial<RolledService> = {},
): RolledService => ({
  entityRef: `component:default/${name}`,
  title: null,
  owner: 'group:default/checkout',
  from: '1.4.0',
  batch: 1,
  state,
  reason: null,
  pullRequestUrl: null,
  conflicts: 0,
  ...more,
});

const services = [
  service('quotes', 'merged', {
    batch: 0,
    pullRequestUrl: 'https://git.example.com/tidewater/quotes/pull/7',
  }),
  service('rates', 'conflict', {
    conflicts: 2,
    pullRequestUrl: 'https://git.example.com/tidewater/rates/pull/3',
  }),
  service('ledger', 'failed', { reason: 'The repository is archived.' }),
  service('till', 'waiting', { batch: null }),
];

const counts = Object.fromEntries(
  ROLLED_STATES.map(state => [
    state,
    services.filter(one => one.state === state).length,
  ]),
) as Rollout['counts'];

export const ROLLOUT_PAGE: RolloutPage = {
  rollout: {
    id: '11111111-1111-4111-8111-111111111111',
    templateRef: 'template:default/node-api',
    title: 'Node.js API',
    version: '2.1.0',
    reason: 'A hole in a dependency',
    canary: 'component:default/quotes',
    batchSize: 10,
    afterCanary: 'ask',
    afterBatch: 'go-on',
    maxFailedShare: 0.2,
    inputs: {},
    state: 'waiting',
    waitsFor: 'failures',
    batch: 1,
    startedBy: 'user:default/jonas.lind',
    startedAt: '2026-09-08T10:00:00.000Z',
    endedAt: null,
    counts,
  },
  services,
};
