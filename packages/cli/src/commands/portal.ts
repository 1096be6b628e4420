import { COMPLETION } from '../completion/definition';
import { DORA } from '../dora/definitions';
import { LOGIN, LOGOUT, WHOAMI } from '../login/definitions';
import { OPEN } from '../open/definitions';
import { SCAFFOLD } from '../scaffold/definitions';
import { Command, lazily } from './Command';

/** What works anywhere: it asks a portal, or nobody. */
export const PORTAL_COMMANDS: readonly Command[] = [
  {
    definition: LOGIN,
    load: lazily(() => import('../login/login'), 'login'),
  },
  {
    definition: LOGOUT,
    load: lazily(() => import('../login/logout'), 'logout'),
  },
  {
    definition: WHOAMI,
    load: lazily(() => import('../login/whoami'), 'whoami'),
  },
  {
    definition: SCAFFOLD,
    commands: {
      new: lazily(() => import('../scaffold/new'), 'scaffoldNew'),
      watch: lazily(() => import('../scaffold/watch'), 'scaffoldWatch'),
    },
  },
  {
    definition: DORA,
    commands: { show: lazily(() => import('../dora/show'), 'doraShow') },
  },
  { definition: OPEN, load: lazily(() => import('../open/command'), 'open') },
  {
    definition: COMPLETION,
    load: lazily(() => import('../completion/command'), 'completion'),
  },
];
