import { Entity } from '@backstage/catalog-model';
import {
  AdoptionAnswer,
  AdoptionPreview,
  DriftAnswer,
  OpenedAdoption,
  OpenedUpgrade,
  ProvenanceAnswer,
  TemplatesAnswer,
  UpgradePreview,
} from '@waymark/backstage-plugin-golden-paths-common';
import { ROLLOUT_PAGE } from './rollouts';
import { GoldenPathsApi } from '../api/GoldenPathsApi';

export const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'quotes', namespace: 'default' },
  spec: { type: 'service' },
  relations: [{ type: 'ownedBy', targetRef: 'user:default/guest' }],
};
const NODE = 'template:default/node-api';
const window = {
  from: '2026-08-01T00:00:00.000Z',
  to: '2026-10-01T00:00:00.000Z',
  timeZone: 'UTC',
};
const NONE = { value: null, n: 0, golden: 0 };
const runs = { started: 0, succeeded: 0, failed: 0, cancelled: 0, open: 0 };
const fate = {
  created: 0,
  onPath: 0,
  drifting: 0,
  offRoad: 0,
  gone: 0,
  unknown: 0,
};

const NO_TIMES = { n: 0, p50: null, p95: null };
const went = {
  runs: { ...runs, started: 3, succeeded: 2, failed: 1 },
  success: { value: 2 / 3, n: 3 },
  times: {
    total: { n: 2, p50: 25, p95: 90 },
    wait: { n: 2, p50: 0.4, p95: 2 },
  },
  failures: [
    {
      id: 'push',
      name: 'Push the main branch',
      failures: 1,
      taskId: 'abc',
      at: '2026-09-08T10:00:05.000Z',
    },
  ],
};

export const ADOPTION: AdoptionAnswer = {
  window,
  target: 0.8,
  types: ['service'],
  share: { value: 2 / 3, n: 3, golden: 2 },
  today: { value: 1 / 2, n: 10, golden: 5 },
  unknownAge: 7,
  byTeam: [
    {
      owner: 'group:default/checkout',
      share: { value: 2 / 3, n: 3, golden: 2 },
      today: { value: 1 / 2, n: 4, golden: 2 },
    },
    { owner: null, share: NONE, today: { value: 0, n: 1, golden: 0 } },
  ],
  byMonth: [
    { month: '2026-08', partial: true, share: NONE },
    {
      month: '2026-09',
      partial: false,
      share: { value: 2 / 3, n: 3, golden: 2 },
    },
  ],
  fate: { ...fate, created: 2, onPath: 1, drifting: 1 },
  ...went,
};

export const NO_ADOPTION: AdoptionAnswer = {
  ...ADOPTION,
  share: NONE,
  today: NONE,
  unknownAge: 0,
  byTeam: [],
  byMonth: [],
  fate,
  runs,
  success: { value: null, n: 0 },
  times: { total: NO_TIMES, wait: NO_TIMES },
  failures: [],
};

export const TEMPLATES: TemplatesAnswer = {
  window,
  active: { count: 1, limit: 8 },
  items: [
    {
      templateRef: NODE,
      title: 'Node.js API',
      owner: 'group:default/platform-engineering',
      type: 'service',
      version: '2.1.0',
      lifecycle: 'deprecated',
      phase: 'deprecated',
      sunset: '2027-03-31',
      successor: 'template:default/bun-api',
      since: '2026-08-01T00:00:00.000Z',
      ...went,
      services: [
        { version: '2.1.0', count: 1 },
        { version: '1.4.0', count: 1 },
      ],
      drifting: 1,
      timeSaved: { seconds: 57_600, perCreation: 28_800, n: 2 },
    },
  ],
};

export const DRIFT: DriftAnswer = {
  total: 2,
  counts: { behind: 1, current: 1, ahead: 0, unknown: 0 },
  items: [
    {
      entityRef: 'component:default/quotes',
      title: 'Quotes',
      owner: 'group:default/checkout',
      templateRef: NODE,
      version: '1.4.0',
      newest: '2.1.0',
      standing: 'behind',
      behind: 2,
      snooze: null,
      upgrade: null,
    },
    {
      entityRef: 'component:default/rates',
      title: null,
      owner: null,
      templateRef: NODE,
      version: '2.1.0',
      newest: '2.1.0',
      standing: 'current',
      behind: 0,
      snooze: null,
      upgrade: null,
    },
  ],
};

export const PROVENANCE: ProvenanceAnswer = {
  entityRef: 'component:default/quotes',
  stated: {
    templateRef: NODE,
    title: 'Node.js API',
    adopted: false,
    version: '1.4.0',
    newest: '2.1.0',
    standing: 'behind',
    behind: 2,
    snooze: null,
  },
  creation: {
    taskId: 'abc',
    templateRef: NODE,
    version: '1.4.0',
    commit: 'c0ffee'.padEnd(40, '0'),
    userRef: 'user:default/maya.okafor',
    queuedAt: '2026-09-01T10:00:00.000Z',
    startedAt: '2026-09-01T10:00:01.000Z',
    finishedAt: '2026-09-01T10:00:21.000Z',
    outcome: 'succeeded',
    repositoryUrl: 'https://git.example.com/tidewater/quotes',
    inputs: null,
    leftOut: null,
  },
};

export const UPGRADE: UpgradePreview = {
  entityRef: 'component:default/quotes',
  templateRef: NODE,
  from: '1.4.0',
  to: '2.1.0',
  result: 'upgrade',
  missing: [],
  changes: [{ path: 'README.md', kind: 'changed' }],
  conflicts: [],
  title: 'Upgrade Node.js API from 1.4.0 to 2.1.0',
  description: '## What is new\n\nA better readme.',
  pullRequestUrl: null,
};

export const OPENED: OpenedUpgrade = {
  entityRef: 'component:default/quotes',
  templateRef: NODE,
  from: '1.4.0',
  to: '2.1.0',
  pullRequestUrl: 'https://git.example.com/tidewater/quotes/pull/7',
  number: 7,
  state: 'open',
  conflicts: 0,
  requestedBy: 'user:default/maya.okafor',
  requestedAt: '2026-09-08T10:00:00.000Z',
};

export const ADOPTED: OpenedAdoption = {
  entityRef: 'component:default/quotes',
  templateRef: NODE,
  version: '1.4.0',
  pullRequestUrl: 'https://git.example.com/tidewater/quotes/pull/8',
  number: 8,
  state: 'open',
  requestedBy: 'user:default/maya.okafor',
  requestedAt: '2026-09-08T10:00:00.000Z',
};

export const LOOKS_LIKE: AdoptionPreview = {
  entityRef: 'component:default/quotes',
  suggested: NODE,
  candidates: [
    {
      templateRef: NODE,
      title: 'Node.js API',
      version: '1.4.0',
      commit: 'c0ffee'.padEnd(40, '0'),
      newest: '2.1.0',
      confidence: 0.91,
      evidence: [
        '53 of the 76 files that it makes are there as it makes them.',
      ],
      answers: [
        {
          name: 'name',
          title: 'Name',
          type: 'string',
          required: true,
          options: null,
          value: 'quotes',
          from: 'the catalog says so',
          told: true,
        },
        {
          name: 'description',
          title: 'Description',
          type: 'string',
          required: true,
          options: null,
          value: null,
          from: 'not to be seen in the files: please answer it',
          told: false,
        },
        {
          name: 'replicas',
          title: 'Replicas',
          type: 'integer',
          required: false,
          options: null,
          value: 3,
          from: 'it stands in chart/env/production.yaml',
          told: true,
        },
        {
          name: 'database',
          title: 'Database',
          type: 'boolean',
          required: false,
          options: [
            { value: true, label: 'Yes' },
            { value: false, label: 'No' },
          ],
          value: false,
          from: 'the files are nearest to it',
          told: true,
        },
      ],
      files: [],
    },
  ],
  files: [],
  pullRequestUrl: null,
};

export const apiMock = (): jest.Mocked<GoldenPathsApi> => ({
  getAdoption: jest.fn().mockResolvedValue(ADOPTION),
  getTemplates: jest.fn().mockResolvedValue(TEMPLATES),
  getDrift: jest.fn().mockResolvedValue(DRIFT),
  getProvenance: jest.fn().mockResolvedValue(PROVENANCE),
  getUpgrades: jest.fn().mockResolvedValue([]),
  getAdoptions: jest.fn().mockResolvedValue([]),
  previewAdoption: jest.fn().mockResolvedValue(LOOKS_LIKE),
  createAdoption: jest.fn().mockResolvedValue(ADOPTED),
  previewUpgrade: jest.fn().mockResolvedValue(UPGRADE),
  createUpgrade: jest.fn().mockResolvedValue(OPENED),
  getRollouts: jest.fn().mockResolvedValue([ROLLOUT_PAGE.rollout]),
  getRollout: jest.fn().mockResolvedValue(ROLLOUT_PAGE),
  createRollout: jest.fn().mockResolvedValue(ROLLOUT_PAGE),
  moveRollout: jest.fn().mockResolvedValue(ROLLOUT_PAGE),
  snooze: jest.fn().mockResolvedValue(undefined),
  endSnooze: jest.fn().mockResolvedValue(undefined),
});
