import { InputError } from '@backstage/errors';
import { runCommand } from '../tools/runCommand';

/** Asks OPA for something, in a folder with nothing but the rules. */
export type Opa = (args: readonly string[]) => Promise<string>;

/**
 * The pinned `opa`, told to be quiet about itself.
 *
 * @throws InputError with OPA's own words where it does not do what is asked
 */
export function opaIn(folder: string, program: string): Opa {
  return async args => {
    const { code, output } = await runCommand(program, args, { cwd: folder });
    if (code !== 0) {
      throw new InputError(`opa ${args[0]}: ${output.trim()}`);
    }
    return output;
  };
}
