import { ADOPT } from '../adopt/definition';
import { COMPLIANCE } from '../compliance/definition';
import { CLI } from '../pack/definition';
import { POLICIES } from '../policies/definition';
import { TEMPLATES } from '../templates/definitions';
import { UPGRADE } from '../upgrade/definition';
import { Command, lazily } from './Command';
import type { Context, Run } from './Context';
import { PORTAL_COMMANDS } from './portal';

type CheckoutRun = (
  args: string[],
  context: Context & { root: string },
) => Promise<number>;

/** What needs Waymark's checkout, and so is not in the packed file. */
const OWN: readonly Command[] = [
  own(
    TEMPLATES,
    lazily(() => import('../templates/inCheckout'), 'templatesInCheckout'),
  ),
  own(
    COMPLIANCE,
    lazily(() => import('../compliance/command'), 'complianceCommand'),
  ),
  own(
    POLICIES,
    lazily(() => import('../policies/command'), 'policiesCommand'),
  ),
  own(
    ADOPT,
    lazily(() => import('../adopt/command'), 'adoptCommand'),
  ),
  own(
    UPGRADE,
    lazily(() => import('../upgrade/command'), 'upgradeCommand'),
  ),
  own(
    CLI,
    lazily(() => import('../pack/command'), 'cliCommand'),
  ),
];

/** All commands of ./waymark that packages/cli has. */
export const CHECKOUT_COMMANDS: readonly Command[] = [
  ...PORTAL_COMMANDS,
  ...OWN,
];

function own(
  definition: Command['definition'],
  load: () => Promise<CheckoutRun>,
): Command {
  return {
    definition,
    tellsHelp: true,
    load: async (): Promise<Run> => {
      const run = await load();
      return (args, context) => {
        const { root } = context;
        if (!root) throw new Error('WAYMARK_ROOT is not set: use ./waymark');
        return run(args, { ...context, root });
      };
    },
  };
}
