import { define, JSON_OPTION, PORTAL_OPTION } from '../commands/definition';

/** Options of `list` and `test` on the checkout. */
export const TEMPLATES_OPTIONS = {
  junit: {
    type: 'string',
    value: 'FILE',
    completes: 'files',
    about: 'the result for CI',
  },
  'no-cache': { type: 'boolean', about: 'test again what has not changed' },
  'require-all': {
    type: 'boolean',
    about: 'a tool that is missing is a failure, as on CI',
  },
  templates: {
    type: 'string',
    value: 'DIR',
    completes: 'folders',
    about: 'another folder of golden paths',
  },
  update: {
    type: 'boolean',
    about: 'take the output as the golden trees to compare with',
  },
} as const;

export const TEMPLATES_LIST = define({
  name: 'list',
  about: 'The golden paths, with version and lifecycle.',
  options: { ...PORTAL_OPTION, ...JSON_OPTION },
});

export const TEMPLATES_SHOW = define({
  name: 'show',
  about: 'What a golden path asks, and what it is at.',
  args: 'NAME',
  options: { ...PORTAL_OPTION, ...JSON_OPTION },
});

export const TEMPLATES_TEST = define({
  name: 'test',
  about: 'Renders each with every row of its tests and checks what comes out.',
  args: '[NAME...]',
  options: { ...TEMPLATES_OPTIONS, ...JSON_OPTION },
});

export const TEMPLATES = define({
  name: 'templates',
  about: 'Lists the golden paths, shows one, or tests them.',
  options: {},
  commands: [TEMPLATES_LIST, TEMPLATES_SHOW, TEMPLATES_TEST],
});
