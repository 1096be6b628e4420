import {
  FixPreview,
  OpenedFix,
} from '@waymark/backstage-plugin-compliance-common';

/** One that adds a file and changes another. */
export const previewOf = (rest: Partial<FixPreview> = {}): FixPreview => ({
  title: 'Renew base images of basket-service',
  description: '**Why.** Old images get no fixes.',
  files: [
    {
      path: 'Dockerfile',
      before: 'FROM node:14\nCMD ["start"]\n',
      after: 'FROM node:24\nCMD ["start"]\n',
    },
    { path: 'docs/images.md', after: '# Images\n\nThey are renewed.\n' },
  ],
  passes: true,
  ...rest,
});

/** For `supported-image` of the rules. */
export const fixOf = (rest: Partial<OpenedFix> = {}): OpenedFix => ({
  entityRef: 'component:default/basket-service',
  rule: 'supported-image',
  number: 7,
  pullRequestUrl: 'http://git.example/acme/basket/pull/7',
  state: 'open',
  requestedBy: 'user:default/maya',
  requestedAt: '2026-11-21T09:05:00Z',
  ...rest,
});

/** A backend that offers one change, and has opened none. */
export const fixesMock = () => ({
  previewFix: jest.fn().mockResolvedValue(previewOf()),
  createFix: jest.fn().mockResolvedValue(fixOf()),
  getFixes: jest.fn().mockResolvedValue([]),
});
