import {
  CohortsAnswer,
  Deployment,
  deploymentSchema,
  EVIDENCE,
  Facts,
  fiveOf,
  historyOf,
  leadTimeBuckets,
  MetricsAnswer,
  recoveryTimeBuckets,
  SELECTION_BIAS,
  seriesOf,
} from '@waymark/backstage-plugin-dora-common';
import { BackfillsPage } from '../api/backfill';
import { DeliveriesPage } from '../api/deliveries';
import { DoraApi } from '../api/DoraApi';
import { explainedOf } from './explained';

export const REF = 'component:default/basket-service';
export const REPOSITORY = 'https://git.example/tidewater/basket-service';

export const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    namespace: 'default',
    name: 'basket-service',
    title: 'Basket',
    annotations: {
      'backstage.io/techdocs-ref': 'dir:.',
      'backstage.io/source-location': `url:${REPOSITORY}/tree/main/`,
    },
  },
  spec: { type: 'service', owner: 'group:default/checkout' },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/checkout' }],
};

const id = (number: number) => number.toString(16).padStart(32, '0');
const at = (text: string) => new Date(text).toISOString();

export const deploymentOf = (
  number: number,
  finishedAt: string,
  more: Partial<Deployment> = {},
): Deployment =>
  deploymentSchema.parse({
    id: id(number),
    entityRef: REF,
    environment: 'production',
    production: true,
    sha: number.toString(16).padEnd(40, 'a'),
    startedAt: at(finishedAt),
    finishedAt: at(finishedAt),
    result: 'success',
    originalResult: 'success',
    kind: 'planned',
    url: `${REPOSITORY}/actions/runs/${number}`,
    origin: { source: 'github', externalId: String(number) },
    ...more,
  });

const origin = { source: 'github', externalId: '1' };

/** Four weeks of one component: four deployments, of which one caused an incident. */
export const FACTS: Facts = {
  deployments: [
    deploymentOf(1, '2026-11-03T12:00Z'),
    deploymentOf(2, '2026-11-10T12:00Z'),
    deploymentOf(3, '2026-11-10T14:00Z', {
      kind: 'rollback',
      mendsDeploymentId: id(2),
      incidentId: id(50),
    }),
    deploymentOf(4, '2026-11-17T12:00Z'),
  ],
  changes: [
    {
      id: id(20),
      entityRef: REF,
      repository: 'git.example/tidewater/basket-service',
      number: 12,
      url: `${REPOSITORY}/pull/12`,
      title: 'Count baskets',
      author: 'maya',
      bot: false,
      firstCommitAt: at('2026-11-09T12:00Z'),
      readyAt: at('2026-11-09T18:00Z'),
      mergedAt: at('2026-11-10T06:00Z'),
      mergeSha: 'b'.repeat(40),
      pathsKnown: true,
      deploymentId: id(2),
      deployedAt: at('2026-11-10T12:00Z'),
      origin,
    },
  ],
  incidents: [
    {
      id: id(50),
      entityRef: REF,
      severity: 'high',
      title: 'Baskets are empty',
      // As an attacker would have it.
      // eslint-disable-next-line no-script-url
      url: 'javascript:alert(1)',
      startedAt: at('2026-11-10T12:30Z'),
      resolvedAt: at('2026-11-10T14:00Z'),
      deploymentId: id(2),
      linkedBy: 'window',
      origin,
    },
  ],
};

export const NO_FACTS: Facts = { deployments: [], changes: [], incidents: [] };

const NOW = Date.parse('2026-11-21T12:00Z');

/** What the backend would answer for those facts. */
export function answerOf(facts: Facts): MetricsAnswer {
  const window = {
    from: Date.parse('2026-10-24'),
    to: Date.parse('2026-11-23'),
    timeZone: 'UTC',
    interval: 'week' as const,
  };
  const history = historyOf(facts, NOW);
  const iso = (millis: number) => new Date(millis).toISOString();
  return {
    window: { ...window, from: iso(window.from), to: iso(window.to) },
    asOf: iso(NOW),
    components: 1,
    metrics: fiveOf(history, window),
    previous: fiveOf(historyOf(NO_FACTS, NOW), window),
    evidence: EVIDENCE,
    distribution: {
      leadTime: leadTimeBuckets(history, window),
      recoveryTime: recoveryTimeBuckets(history, window),
    },
    series: seriesOf(history, window).map(point => ({
      ...point,
      from: iso(point.from),
      to: iso(point.to),
    })),
  };
}

/** Cohorts with these facts, each of one component. */
export const cohortsOf = (cohorts: Record<string, Facts>): CohortsAnswer => ({
  bias: SELECTION_BIAS,
  cohorts: Object.entries(cohorts).map(([name, facts]) => ({
    name,
    components: 1,
    small: true,
    ageDays: 200,
    metrics: answerOf(facts).metrics,
    spread: {},
  })),
});

export const DELIVERIES: DeliveriesPage = {
  counts: { waiting: 0, done: 1, ignored: 0, quarantined: 1 },
  sources: ['argocd', 'github'],
  items: [
    {
      id: '7',
      source: 'github',
      deliveryId: 'd-7',
      event: 'push',
      receivedAt: at('2026-11-20T12:00Z'),
      state: 'quarantined',
      reason: 'body: is no push',
      observations: 0,
    },
    {
      id: '6',
      source: 'github',
      deliveryId: 'd-6',
      event: 'deployment_status',
      receivedAt: at('2026-11-20T11:00Z'),
      state: 'done',
      observations: 1,
    },
  ],
};

export const BACKFILLS: BackfillsPage = {
  counts: { waiting: 1, running: 1, done: 1, failed: 1 },
  days: 180,
  items: [
    {
      source: 'github',
      repository: 'git.example.com/tidewater/basket',
      state: 'failed',
      since: at('2026-05-25T12:00Z'),
      fetched: 0,
      added: 0,
      problem: "The portal's token may not read this",
    },
    {
      source: 'github',
      repository: 'git.example.com/tidewater/checkout',
      state: 'running',
      since: at('2026-05-25T12:00Z'),
      part: 'pull requests',
      reached: at('2026-10-01T12:00Z'),
      fetched: 1_200,
      added: 900,
    },
    {
      source: 'github',
      repository: 'git.example.com/tidewater/orders',
      state: 'waiting',
      since: at('2026-05-25T12:00Z'),
      fetched: 10,
      added: 10,
      problem: 'Too many questions',
      waitsUntil: at('2999-11-21T13:00Z'),
    },
    {
      source: 'github',
      repository: 'git.example.com/tidewater/pricing',
      state: 'done',
      since: at('2026-05-25T12:00Z'),
      fetched: 7,
      added: 1,
      finishedAt: at('2026-11-21T11:00Z'),
    },
  ],
};

export const EXPLAINED = explainedOf(REF, REPOSITORY);

/** The backend, as far as it knows these facts. */
export function apiMock(facts: Facts = FACTS): jest.Mocked<DoraApi> {
  const reversed = <T>(items: T[]) => ({
    items: [...items].reverse(),
    total: items.length,
  });
  return {
    getMetrics: jest.fn().mockResolvedValue(answerOf(facts)),
    getCohorts: jest.fn().mockResolvedValue(cohortsOf({})),
    getDeployments: jest.fn().mockResolvedValue(
      reversed(
        facts.deployments.map(deployment => ({
          ...deployment,
          changes: facts.changes.filter(
            ({ deploymentId }) => deploymentId === deployment.id,
          ).length,
          ...(deployment.id === id(2) && {
            failure: {
              reason: 'incident' as const,
              incidentIds: [id(50)],
              incidents: facts.incidents.filter(one => one.id === id(50)),
              since: at('2026-11-10T12:00Z'),
              recoveredAt: at('2026-11-10T14:00Z'),
            },
          }),
        })),
      ),
    ),
    getChanges: jest.fn().mockResolvedValue(
      reversed(
        facts.changes.map(change => ({
          ...change,
          lead: {
            total: 86_400,
            coding: 21_600,
            review: 43_200,
            deploy: 21_600,
          },
          clockFault: false,
        })),
      ),
    ),
    getIncidents: jest.fn().mockResolvedValue(reversed(facts.incidents)),
    explain: jest.fn().mockResolvedValue(EXPLAINED),
    getDeliveries: jest.fn().mockResolvedValue(DELIVERIES),
    getBackfills: jest.fn().mockResolvedValue(BACKFILLS),
    startBackfill: jest.fn().mockResolvedValue(undefined),
    replay: jest.fn().mockResolvedValue(undefined),
    webhookAddress: jest.fn(
      async source => `https://portal.example/api/dora/webhooks/${source}`,
    ),
  };
}
