import { InputError } from '@backstage/errors';
import type { Context } from '../commands/Context';
import { parse } from '../commands/definition';
import { clientOf } from '../portal/session';
import { SCAFFOLD_WATCH } from './definitions';
import { followTask } from './follow';

/** `waymark scaffold watch` */
export function scaffoldWatch(
  args: string[],
  context: Context,
): Promise<number> {
  const { values, positionals } = parse(SCAFFOLD_WATCH, args);
  if (positionals.length !== 1) {
    throw new InputError('Which task? waymark scaffold new names it.');
  }
  const client = clientOf(values.portal, context);
  return followTask(client, positionals[0], values, context);
}
