import {
  FunnelAnswer,
  OutcomesAnswer,
  ReachAnswer,
  TemplatePageAnswer,
} from '@waymark/backstage-plugin-golden-paths-common';
import { InsightsApi } from '../api/InsightsApi';
import { TEMPLATES } from './facts';

const { window, active, items } = TEMPLATES;
const [NODE] = items;
const time = (p50: number, n = 2) => ({ n, p50, p95: 2 * p50 });

export const FUNNEL: FunnelAnswer = {
  window,
  steps: [
    { step: 'opened', n: 6, time: null },
    { step: 'started', n: 3, time: { ...time(120), since: 'opened' } },
    { step: 'finished', n: 2, time: { ...time(25), since: 'started' } },
    {
      step: 'first-commit',
      n: 1,
      time: { ...time(7_200, 1), since: 'finished' },
    },
    {
      step: 'first-deployment',
      n: 0,
      time: { n: 0, p50: null, p95: null, since: 'finished' },
    },
  ],
  visitsSince: '2026-08-20T00:00:00.000Z',
  asked: { count: 2, total: 2 },
  silence: null,
  newcomers: {
    known: true,
    answer: { newcomers: 4, settled: 2, p50: 1_728_000, unknown: 3 },
  },
};

export const SILENT: FunnelAnswer = {
  ...FUNNEL,
  steps: [
    ...FUNNEL.steps.slice(0, 3),
    { step: 'first-commit', n: null, time: null },
    { step: 'first-deployment', n: null, time: null },
  ],
  silence: 'absent',
  newcomers: { known: false, why: 'absent' },
};

const noData = { status: 'no-data', why: 'no-deployments', n: 0 } as const;
const five = {
  deploymentFrequency: noData,
  leadTime: noData,
  changeFailRate: noData,
  recoveryTime: noData,
  reworkRate: noData,
};

export const OUTCOMES = {
  window,
  delivery: {
    known: true,
    answer: {
      bias: 'Teams choose what they build on.',
      cohorts: [
        {
          name: 'golden-path',
          components: 12,
          small: false,
          ageDays: 40,
          metrics: {
            ...five,
            leadTime: { status: 'ok', value: 7_200, n: 9 },
          },
          spread: { leadTime: { n: 5, p25: 3_600, p50: 7_200, p75: 86_400 } },
        },
        {
          name: 'bespoke',
          components: 3,
          small: true,
          metrics: five,
          spread: {},
        },
      ],
    },
  },
  compliance: {
    known: true,
    answer: {
      cohorts: [
        {
          name: 'golden-path',
          components: 12,
          scored: 12,
          score: 91,
          spread: { p25: 88, p50: 92, p75: 97 },
        },
        {
          name: 'bespoke',
          components: 3,
          scored: 0,
          score: null,
          spread: null,
        },
      ],
    },
  },
} as unknown as OutcomesAnswer;

export const TEMPLATE_PAGE: TemplatePageAnswer = {
  ...NODE,
  window,
  active,
  description: 'A service in TypeScript',
  sourceUrl: 'https://git.example.com/tidewater/waymark/tree/main/node-api/',
  byMonth: [
    { month: '2026-08', partial: true, started: 0, succeeded: 0, failed: 0 },
    { month: '2026-09', partial: false, started: 3, succeeded: 2, failed: 1 },
  ],
};

export const REACH: ReachAnswer = {
  templateRef: NODE.templateRef,
  pullRequest: 12,
  base: { version: '2.1.0', commit: 'a'.repeat(40) },
  head: { version: '2.2.0', commit: 'b'.repeat(40) },
  services: 30,
  looked: 2,
  reached: 1,
  unchanged: 0,
  blocked: 1,
  files: [{ path: 'README.md', kind: 'changed', services: 1 }],
  items: [
    {
      entityRef: 'component:default/quotes',
      title: 'Quotes',
      result: 'reached',
      changes: [{ path: 'README.md', kind: 'changed' }],
      why: null,
    },
    {
      entityRef: 'component:default/rates',
      title: null,
      result: 'blocked',
      changes: [],
      why: 'It asks what has no default and was not answered: Tier',
    },
  ],
};

export const insightsMock = (): jest.Mocked<InsightsApi> => ({
  getFunnel: jest.fn().mockResolvedValue(FUNNEL),
  getOutcomes: jest.fn().mockResolvedValue(OUTCOMES),
  getTemplate: jest.fn().mockResolvedValue(TEMPLATE_PAGE),
  getReach: jest.fn().mockResolvedValue(REACH),
  getTable: jest.fn().mockResolvedValue('Team\r\n'),
  sendVisit: jest.fn().mockResolvedValue(undefined),
});
