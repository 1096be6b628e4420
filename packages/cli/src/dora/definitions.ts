import { define, JSON_OPTION, PORTAL_OPTION } from '../commands/definition';

export const DORA_SHOW = define({
  name: 'show',
  about: 'The five numbers of a component, a team, a system or the company.',
  args: '[COMPONENT|PATH]',
  completes: 'folders',
  options: {
    owner: { type: 'string', value: 'TEAM', about: 'of all that a team owns' },
    system: { type: 'string', value: 'SYSTEM', about: 'of a system' },
    all: { type: 'boolean', about: 'of all that you may see' },
    from: {
      type: 'string',
      value: 'DAY',
      about: 'first day, such as 2026-09-01; 90 days before --to unless said',
    },
    to: {
      type: 'string',
      value: 'DAY',
      about: 'day after the last; tomorrow unless said',
    },
    interval: {
      type: 'string',
      choices: ['day', 'week', 'month'],
      about: 'of the trend; week unless said',
    },
    ...PORTAL_OPTION,
    ...JSON_OPTION,
  },
  details: `Without a name it is the component of the catalog-info.yaml here or above.
Each value comes with how many events it rests on, and with that of as many days
before.`,
});

export const DORA = define({
  name: 'dora',
  about: 'Shows how software is delivered.',
  options: {},
  commands: [DORA_SHOW],
});
