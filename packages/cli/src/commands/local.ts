import { define, JSON_OPTION } from './definition';

const PORTS = {
  port: { type: 'string', value: 'PORT', about: 'of the portal; 7007' },
  'forge-port': {
    type: 'string',
    value: 'PORT',
    about: 'of the Git forge; 7300',
  },
  'postgres-port': {
    type: 'string',
    value: 'PORT',
    about: 'of PostgreSQL; 7432',
  },
} as const;

/** What packages/local does, by way of the checkout's ./waymark. */
export const LOCAL = [
  define({
    name: 'start',
    about: 'The whole portal on this machine.',
    options: PORTS,
  }),
  define({ name: 'dev', about: 'The same with hot reload.', options: PORTS }),
  define({
    name: 'test',
    about: 'Every check and test.',
    args: '[PART...]',
    completes: ['static', 'unit', 'templates', 'browser'],
    options: {},
  }),
  define({
    name: 'platform',
    about: 'Writes what your organisation’s platform repository holds.',
    args: 'export DIR',
    options: {},
  }),
  define({ name: 'stop', about: 'Ends a running portal.', options: {} }),
  define({
    name: 'status',
    about: 'What runs, and whether it answers.',
    options: JSON_OPTION,
  }),
  define({
    name: 'reset',
    about: 'Deletes this machine’s data, after asking.',
    options: { yes: { type: 'boolean', about: 'without asking' } },
  }),
] as const;
