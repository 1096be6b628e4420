import { ADOPT } from '../adopt/definition';
import { COMPLIANCE } from '../compliance/definition';
import { POLICIES } from '../policies/definition';
import { TEMPLATES } from '../templates/definitions';
import { UPGRADE } from '../upgrade/definition';
import { Command, lazily } from './Command';
import type { Run } from './Context';
import { Definition } from './definition';
import { LOCAL } from './local';
import { PORTAL_COMMANDS } from './portal';

/** What the packed file can do. */
export const WORKING: readonly Command[] = [
  ...PORTAL_COMMANDS,
  {
    definition: COMPLIANCE,
    tellsHelp: true,
    load: lazily(() => import('../compliance/command'), 'complianceCommand'),
  },
  {
    definition: TEMPLATES,
    commands: {
      list: lazily(() => import('../templates/portal'), 'listOfPortal'),
      show: lazily(() => import('../templates/portal'), 'showOfPortal'),
      test: async () => needsCheckout('templates test'),
    },
  },
];

/** The others say what they need. */
export const PACKED_COMMANDS: readonly Command[] = [
  ...WORKING,
  ...[...LOCAL, ADOPT, POLICIES, UPGRADE].map(
    (definition: Definition): Command => ({
      definition: { ...definition, commands: undefined },
      load: async () => needsCheckout(definition.name),
    }),
  ),
];

function needsCheckout(name: string): Run {
  return async () => {
    throw new Error(
      `waymark ${name} works in Waymark's checkout only: there it is ./waymark ${name}.`,
    );
  };
}
