import { InputError } from '@backstage/errors';
import { Command } from './Command';
import type { Context, Run } from './Context';
import { helpOf } from './help';
import { didYouMean } from './nearest';

const isHelp = (arg: string | undefined) => arg === '--help' || arg === '-h';

/**
 * Runs what the arguments say.
 *
 * @returns the exit code: 0 well, 1 something was found, 2 it could not run
 * @throws Error in words for whoever runs it, where it could not
 */
export async function runCommand(
  commands: readonly Command[],
  [name, ...args]: string[],
  context: Context,
): Promise<number> {
  const command = commands.find(({ definition }) => definition.name === name);
  if (!command) {
    const names = commands.map(({ definition }) => definition.name);
    throw new InputError(
      `There is no command ${name}.${didYouMean(name, names)}`,
    );
  }
  const { definition } = command;
  if (command.tellsHelp) return (await command.load!())(args, context);
  const asked = beforeDashes(args).some(isHelp);
  const inner = command.commands;
  if (!inner) {
    return asked
      ? told(context, helpOf(definition, [name]))
      : (await command.load!())(args, context);
  }
  const [first, ...rest] = args;
  if (first === undefined || isHelp(first)) {
    told(context, helpOf(definition, [name]));
    return first === undefined ? 2 : 0;
  }
  const own = definition.commands?.find(one => one.name === first);
  const load: (() => Promise<Run>) | undefined = inner[first];
  if (!own || !load) {
    const names = Object.keys(inner);
    throw new InputError(
      `There is no ${name} ${first}.${didYouMean(
        first,
        names,
      )} waymark ${name} --help names them.`,
    );
  }
  if (asked) return told(context, helpOf(own, [name, first]));
  return (await load())(rest, context);
}

/** The list of commands. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(c => c.definition.name.length));
  return [
    'Usage: waymark <command> [options]\n',
    ...commands.map(
      ({ definition: { name, about } }) => `  ${name.padEnd(width)}  ${about}`,
    ),
    '\nwaymark <command> --help tells more. It ends with 0 where all is well, with 1',
    'where something was found, and with 2 where it could not run.\n',
  ].join('\n');
}

function told({ out }: Context, text: string): number {
  out(text);
  return 0;
}

function beforeDashes(args: string[]): string[] {
  const end = args.indexOf('--');
  return end < 0 ? args : args.slice(0, end);
}
