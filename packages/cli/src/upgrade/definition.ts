import { define, JSON_OPTION } from '../commands/definition';

export const UPGRADE = define({
  name: 'upgrade',
  about: 'Brings a made repository to a newer version of its golden path.',
  args: '[PATH]',
  completes: 'folders',
  options: {
    'dry-run': {
      type: 'boolean',
      about: 'tells what would change and writes nothing',
    },
    set: {
      type: 'string',
      multiple: true,
      value: 'NAME=VALUE',
      about: 'answers a question of the new version',
    },
    templates: {
      type: 'string',
      value: 'WHERE',
      completes: 'folders',
      about: 'the golden paths: a folder in a Git repository, or its address',
    },
    to: { type: 'string', value: 'VERSION', about: 'the version to go to' },
    ...JSON_OPTION,
  },
});
