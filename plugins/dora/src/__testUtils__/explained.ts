import { ExplainAnswer } from '@waymark/backstage-plugin-dora-common';

/** What was counted of a component, and why. */
export const explainedOf = (
  entityRef: string,
  repository: string,
): ExplainAnswer => ({
  entityRef,
  asOf: '2026-11-22T12:00:00.000Z',
  component: {
    owner: 'group:default/checkout',
    repository: 'git.example/tidewater/basket-service',
    path: 'basket',
    services: ['PD-basket'],
  },
  rules: [
    {
      question: 'Which environment is production?',
      answer: 'live, live-*',
      from: {
        level: 'team',
        by: 'annotation',
        name: 'waymark.dev/dora-production-environments',
        of: 'group:default/checkout',
      },
    },
    {
      question: 'What is an incident?',
      answer: 'What its source calls one, of any severity',
      from: {
        level: 'default',
        by: 'default',
        name: 'dora.incidents.severities',
      },
    },
  ],
  problems: [],
  counts: { counted: 1, apart: 0, waiting: 0, 'not-counted': 1 },
  items: [
    {
      id: 'd2',
      kind: 'deployment',
      at: '2026-11-21T12:00:00.000Z',
      title: 'Deployment of 1234567 to staging',
      url: `${repository}/actions/runs/2`,
      outcome: 'not-counted',
      steps: [
        {
          passed: false,
          text: 'staging is not production, because waymark.dev/dora-production-environments of group:default/checkout is live, live-*',
        },
      ],
    },
    {
      id: 'd1',
      kind: 'deployment',
      at: '2026-11-20T12:00:00.000Z',
      title: 'Deployment of 1234567 to live',
      url: ['javascript', 'alert(1)'].join(':'),
      outcome: 'counted',
      steps: [
        { passed: true, text: 'live is production' },
        { passed: true, text: 'It succeeded' },
      ],
    },
  ],
  total: 2,
  next: '2026-11-20T12:00:00.000Z d1',
});
