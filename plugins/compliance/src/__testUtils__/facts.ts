import { Entity } from '@backstage/catalog-model';
import {
  ComponentReport,
  levelOf,
  Rule,
  scoreByTrack,
  scoreOf,
  TRACKS,
  Verdict,
} from '@waymark/backstage-plugin-compliance-common';
import { ComplianceApi } from '../api/ComplianceApi';

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
  spec: { type: 'service' },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/checkout' }],
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
    getComponents: jest.fn().mockResolvedValue({ items: [], total: 0 }),
    getSummary: jest.fn(),
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
    getRule: jest.fn(),
    getExemptions: jest.fn().mockResolvedValue([]),
    requestExemption: jest.fn().mockResolvedValue(undefined),
    decideExemption: jest.fn().mockResolvedValue(undefined),
    getHealth: jest.fn(),
  };
}
