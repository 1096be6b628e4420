import { Entity } from '@backstage/catalog-model';
import {
  ComponentReport,
  ComponentSummary,
  levelOf,
  Rule,
  scoreByTrack,
  scoreOf,
  Summary,
  TRACKS,
  Verdict,
} from '@waymark/backstage-plugin-compliance-common';
import { ComplianceApi } from '../api/ComplianceApi';
import { campaignOf, campaignPageOf, DRAFT } from './campaigns';
import { fixesMock } from './fixes';

export const REF = 'component:default/basket-service';

const rule = (
  id: string,
  title: string,
  rest: Pick<Rule, 'track' | 'level' | 'severity'>,
): Rule => ({
  id,
  title,
  description: `${title}.`,
  input: 'repository',
  needs: ['repository'],
  why: `Why ${id}`,
  fix: `Fix ${id}`,
  readme: `# ${title}\n\nMore of ${id}.`,
  ...rest,
});

export const RULES: Rule[] = [
  rule('no-secret', 'No secret in the repository', {
    track: 'security',
    level: 'bronze',
    severity: 'critical',
  }),
  rule('supported-image', 'Base images are supported', {
    track: 'security',
    level: 'silver',
    severity: 'high',
  }),
  rule('pipeline', 'Changes go through a pipeline', {
    track: 'delivery',
    level: 'bronze',
    severity: 'high',
  }),
  rule('reviewed', 'Changes are reviewed', {
    track: 'delivery',
    level: 'silver',
    severity: 'medium',
  }),
  rule('runbook', 'There is a runbook', {
    track: 'ownership',
    level: 'silver',
    severity: 'high',
  }),
  rule('mesh', 'It is in the mesh', {
    track: 'kubernetes',
    level: 'gold',
    severity: 'low',
  }),
];

export const VERDICTS: Verdict[] = [
  {
    rule: 'no-secret',
    outcome: 'fail',
    findings: [
      {
        message: 'A key of AWS is in a file.',
        file: 'src/config.ts',
        line: 12,
        value: 'AKIA…',
      },
    ],
  },
  {
    rule: 'supported-image',
    outcome: 'fail',
    findings: [{ message: 'node:14 gets no fixes any more.' }],
  },
  { rule: 'pipeline', outcome: 'pass', findings: [] },
  {
    rule: 'reviewed',
    outcome: 'unknown',
    findings: [],
    reason: 'The Git host answered 502.',
  },
  {
    rule: 'runbook',
    outcome: 'exempt',
    findings: [{ message: 'There is no runbook.' }],
    reason: 'It ends in spring',
    exemptUntil: '2027-03-01',
  },
  {
    rule: 'mesh',
    outcome: 'not-applicable',
    findings: [],
    reason: 'The rule does not concern this component.',
  },
];

export function reportOf(overrides: Partial<ComponentReport> = {}) {
  const tracks = scoreByTrack(VERDICTS, RULES);
  const report: ComponentReport = {
    entityRef: REF,
    evaluatedAt: '2026-11-21T09:00:00Z',
    revision: 'r1',
    total: scoreOf(VERDICTS, RULES),
    tracks: TRACKS.map(track => ({
      track,
      level: levelOf(track, VERDICTS, RULES),
      ...tracks[track],
    })),
    verdicts: VERDICTS,
    origins: [
      {
        part: 'repository',
        source: 'http://git.example/acme/basket/tree/main/ @ 0123456789ab',
        collectedAt: '2026-11-21T08:59:00Z',
      },
      { part: 'delivery', error: 'The Git host answered 502.' },
    ],
    changes: [
      {
        rule: 'supported-image',
        from: 'pass',
        to: 'fail',
        at: '2026-11-20T09:00:00Z',
        why: 'rules',
      },
    ],
  };
  return { ...report, ...overrides };
}

export const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'basket-service', namespace: 'default' },
  spec: { type: 'service', lifecycle: 'production' },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/checkout' }],
};

/** Two groups: one of them is for components without. */
export function summaryOf(by: 'owner' | 'system'): Summary {
  const group = (ref: string, title: string, score?: number) => ({
    ref,
    title,
    components: 2,
    score,
    scoreBefore: 50,
    failed: 3,
    tracks: TRACKS.map(track => ({
      track,
      ...(track === 'security' && { score }),
    })),
  });
  return {
    total: scoreOf(VERDICTS, RULES),
    totalBefore: 20,
    components: 4,
    groups:
      by === 'owner'
        ? [group('group:default/checkout', 'Checkout', 80), group('', '', 30)]
        : [group('system:default/shop', 'Shop', 55)],
  };
}

/** A component in a list. */
export const COMPONENT: ComponentSummary = {
  entityRef: REF,
  title: 'Basket',
  owner: 'group:default/checkout',
  score: 25,
  scoreBefore: 40,
  failed: 2,
  unknown: 1,
  exempt: 1,
  tracks: TRACKS.map(track => ({ track, level: 'bronze', score: 10 })),
};

/** A backend that knows one component. */
export function apiMock(): jest.Mocked<ComplianceApi> {
  const outcomes = {
    pass: 3,
    fail: 1,
    unknown: 0,
    exempt: 0,
    'not-applicable': 2,
  };
  return {
    getReport: jest.fn().mockResolvedValue(reportOf()),
    refresh: jest.fn().mockResolvedValue(undefined),
    getComponents: jest
      .fn()
      .mockResolvedValue({ items: [COMPONENT], total: 30 }),
    getSummary: jest.fn().mockImplementation(async by => summaryOf(by)),
    getHistory: jest.fn().mockResolvedValue({
      points: [
        { day: '2026-11-20', score: 40, failed: 1, components: 1 },
        { day: '2026-11-21', score: 25, failed: 2, components: 1 },
      ],
    }),
    getRules: jest.fn().mockResolvedValue({
      revision: 'r1',
      rules: RULES.map(one => ({ ...one, outcomes })),
    }),
    getRule: jest.fn().mockResolvedValue({
      rule: { ...RULES[0], outcomes },
      items: [
        {
          entityRef: REF,
          title: 'Basket',
          outcome: 'fail',
          since: '2026-11-01T09:00:00Z',
          findings: VERDICTS[0].findings,
        },
      ],
      total: 1,
    }),
    getExemptions: jest.fn().mockResolvedValue([]),
    requestExemption: jest.fn().mockResolvedValue(undefined),
    decideExemption: jest.fn().mockResolvedValue(undefined),
    getHealth: jest.fn().mockResolvedValue({
      revision: '0123456789abcdef',
      engine: 'wasm',
      components: 27,
      waiting: 2,
      collectors: [
        {
          part: 'delivery',
          known: 20,
          failed: 7,
          oldestAt: '2026-11-20T09:00:00Z',
          errors: [{ message: 'The Git host answered 502.', components: 7 }],
        },
        { part: 'catalog', known: 27, failed: 0, errors: [] },
      ],
    }),
    ...campaignsMock(),
    ...fixesMock(),
  };
}

function campaignsMock() {
  const campaigns = [campaignOf(), DRAFT];
  return {
    getCampaigns: jest.fn().mockResolvedValue([]),
    getCampaign: jest.fn().mockImplementation(async id => {
      const campaign = campaigns.find(one => one.id === id);
      if (campaign) return campaignPageOf(campaign);
      throw Object.assign(new Error('There is no'), { name: 'NotFoundError' });
    }),
    getCampaignComponents: jest.fn().mockResolvedValue({
      items: [
        {
          entityRef: REF,
          title: 'Basket',
          owner: 'group:default/checkout',
          failing: ['no-secret'],
          unknown: ['runbook'],
          pairs: 2,
          pairsDone: 0,
        },
      ],
      total: 1,
    }),
    previewCampaign: jest.fn().mockResolvedValue({
      ...campaignOf().progress,
      owners: campaignPageOf(campaignOf()).owners,
    }),
    createCampaign: jest.fn().mockResolvedValue(DRAFT),
    updateCampaign: jest
      .fn()
      .mockImplementation(async id => campaignOf({ id })),
    deleteCampaign: jest.fn().mockResolvedValue(undefined),
    setCampaignState: jest.fn().mockResolvedValue(undefined),
    remindOwners: jest.fn().mockResolvedValue(2),
  };
}
