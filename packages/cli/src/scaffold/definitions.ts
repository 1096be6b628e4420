import {
  define,
  JSON_OPTION,
  parse,
  PORTAL_OPTION,
} from '../commands/definition';

const LOG_OPTION = {
  log: { type: 'boolean', about: 'tells each line that a step says' },
} as const;

export const SCAFFOLD_NEW = define({
  name: 'new',
  about: 'Makes a new repository from a golden path.',
  options: {
    template: {
      type: 'string',
      short: 't',
      value: 'NAME',
      about: 'the golden path; waymark templates list names them',
    },
    name: {
      type: 'string',
      short: 'n',
      value: 'NAME',
      about: 'what it is called',
    },
    owner: { type: 'string', value: 'TEAM', about: 'the team that owns it' },
    set: {
      type: 'string',
      multiple: true,
      value: 'KEY=VALUE',
      about: 'answers another question; may be repeated',
    },
    values: {
      type: 'string',
      value: 'FILE',
      completes: 'files',
      about: 'answers of a YAML or JSON file; - reads them from the input',
    },
    yes: {
      type: 'boolean',
      short: 'y',
      about: 'asks nothing: what is not answered is as the form has it',
    },
    'dry-run': { type: 'boolean', about: 'shows the files, and makes nothing' },
    ...LOG_OPTION,
    'no-wait': { type: 'boolean', about: 'starts it, and does not wait' },
    ...PORTAL_OPTION,
    ...JSON_OPTION,
  },
  details: `On a terminal it asks for what is missing. It then waits until the new component
is in the catalog. Ctrl-C stops the waiting, not the making.

It ends with 1 where the portal refused the answers or a step failed.`,
});

/** What a call of it says. */
export type Given = ReturnType<
  typeof parse<(typeof SCAFFOLD_NEW)['options']>
>['values'];

export const SCAFFOLD_WATCH = define({
  name: 'watch',
  about: 'Follows a creation that is under way, or tells how it went.',
  args: 'TASK',
  options: { ...LOG_OPTION, ...PORTAL_OPTION, ...JSON_OPTION },
});

export const SCAFFOLD = define({
  name: 'scaffold',
  about: 'Makes new repositories from golden paths.',
  options: {},
  commands: [SCAFFOLD_NEW, SCAFFOLD_WATCH],
});
