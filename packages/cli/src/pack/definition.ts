import { define, JSON_OPTION } from '../commands/definition';

export const CLI_PACK = define({
  name: 'pack',
  about: 'Makes one file that runs without this checkout.',
  options: {
    out: {
      type: 'string',
      value: 'FILE',
      completes: 'files',
      about: 'packages/cli/dist/waymark.mjs unless said',
    },
    ...JSON_OPTION,
  },
  details: 'It needs Node.js 22 or 24, and nothing else.',
});

export const CLI = define({
  name: 'cli',
  about: 'Packs this command line for people without the checkout.',
  options: {},
  commands: [CLI_PACK],
});
