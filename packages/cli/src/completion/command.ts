import { InputError } from '@backstage/errors';
import type { Context } from '../commands/Context';
import { parse } from '../commands/definition';
import { bashScript } from './bash';
import { COMPLETION, SHELLS } from './definition';
import { fishScript } from './fish';
import { placesOf } from './tree';
import { zshScript } from './zsh';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** `waymark completion` */
export async function completion(
  args: string[],
  { definitions, out }: Context,
): Promise<number> {
  const { positionals } = parse(COMPLETION, args);
  const shell = SHELLS.find(one => one === positionals[0]);
  if (!shell || positionals.length > 1) {
    throw new InputError(`For which shell? One of ${SHELLS.join(', ')}.`);
  }
  out(SCRIPTS[shell](placesOf(definitions)));
  return 0;
}
