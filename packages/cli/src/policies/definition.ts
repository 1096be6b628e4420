import { define, JSON_OPTION, PORTAL_OPTION } from '../commands/definition';

const PULL_OPTIONS = {
  check: {
    type: 'boolean',
    about: 'changes nothing, and exits with 1 where something would change',
  },
  'dry-run': { type: 'boolean', about: 'changes nothing' },
} as const;

export const POLICIES_OPTIONS = {
  ...PULL_OPTIONS,
  ...PORTAL_OPTION,
  ...JSON_OPTION,
};

export const POLICIES = define({
  name: 'policies',
  about: 'Builds or checks what runs the rules.',
  options: {},
  commands: [
    define({
      name: 'build',
      about: 'Makes what runs the rules.',
      options: JSON_OPTION,
    }),
    define({
      name: 'check',
      about: 'Says what of it is not up to date.',
      options: JSON_OPTION,
    }),
    define({
      name: 'pull',
      about: 'Brings home what a portal has decided.',
      options: POLICIES_OPTIONS,
    }),
  ],
});
