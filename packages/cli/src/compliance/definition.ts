import { TRACKS } from '@waymark/backstage-plugin-compliance-common';
import { define, JSON_OPTION } from '../commands/definition';

const CHECK_OPTIONS = {
  exemptions: {
    type: 'string',
    value: 'FILE',
    completes: 'files',
    about: 'what is exempt, or its address at a portal',
  },
  'fail-on': {
    type: 'string',
    value: 'SEVERITY',
    about: 'what is less bad does not fail the check',
  },
  'require-all': {
    type: 'boolean',
    about: 'what the files could not answer is a failure, as on CI',
  },
  rule: {
    type: 'string',
    multiple: true,
    value: 'ID',
    about: 'tell of this rule only',
  },
  sarif: {
    type: 'string',
    value: 'FILE',
    completes: 'files',
    about: 'the findings for code hosts',
  },
  track: {
    type: 'string',
    multiple: true,
    value: TRACKS.join('|'),
    about: 'tell of this track only',
  },
} as const;

export const COMPLIANCE_OPTIONS = { ...CHECK_OPTIONS, ...JSON_OPTION };

export const COMPLIANCE = define({
  name: 'compliance',
  about: 'Checks a component’s folder by the rules.',
  options: {},
  commands: [
    define({
      name: 'check',
      about: 'Asks the rules about a component.',
      args: '[PATH...]',
      completes: 'folders',
      options: COMPLIANCE_OPTIONS,
    }),
    define({
      name: 'rules',
      about: 'The rules, by track and level.',
      options: JSON_OPTION,
    }),
    define({
      name: 'explain',
      about: 'Why a rule matters, and how to keep it.',
      args: 'RULE',
      options: JSON_OPTION,
    }),
  ],
});
