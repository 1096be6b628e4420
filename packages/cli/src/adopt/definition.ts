import { define, JSON_OPTION, PORTAL_OPTION } from '../commands/definition';

export const ADOPT = define({
  name: 'adopt',
  about: 'Puts a repository on a golden path that was made before, or by hand.',
  args: '[PATH]',
  completes: 'folders',
  options: {
    'dry-run': {
      type: 'boolean',
      about: 'tells what would be written, and writes nothing',
    },
    set: {
      type: 'string',
      multiple: true,
      value: 'NAME=VALUE',
      about: 'answers a question',
    },
    template: {
      type: 'string',
      value: 'NAME',
      about: 'takes this golden path',
    },
    templates: {
      type: 'string',
      value: 'WHERE',
      completes: 'folders',
      about: 'the golden paths: a folder in a Git repository, or its address',
    },
    yes: { type: 'boolean', short: 'y', about: 'writes without asking' },
    ...PORTAL_OPTION,
    ...JSON_OPTION,
  },
});
