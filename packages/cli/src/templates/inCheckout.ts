import type { Context } from '../commands/Context';
import { templatesCommand } from './command';
import { listOfPortal, showOfPortal } from './portal';

/** `./waymark templates …`: of the checkout, unless a portal is named. */
export async function templatesInCheckout(
  args: string[],
  context: Context & { root: string },
): Promise<number> {
  const [command, ...rest] = args;
  const asksHelp = args.some(arg => arg === '--help' || arg === '-h');
  const isOfPortal = rest.some(arg => /^--portal(=|$)/.test(arg));
  if (!asksHelp && command === 'show') return showOfPortal(rest, context);
  if (!asksHelp && command === 'list' && isOfPortal) {
    return listOfPortal(rest, context);
  }
  return templatesCommand(args, context);
}
