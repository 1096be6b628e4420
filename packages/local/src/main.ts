import { parseArgs } from 'node:util';
import { CommandContext } from './commands/context';
import { dev } from './commands/dev';
import { platform } from './commands/platform';
import { reset } from './commands/reset';
import { start } from './commands/start';
import { status } from './commands/status';
import { stop } from './commands/stop';
import { explain, StartError } from './fail';
import { checkout, layoutOf } from './layout';
import { readPorts } from './ports';

const COMMANDS = [
  'start',
  'dev',
  'stop',
  'status',
  'reset',
  'platform',
] as const;

/** Runs one laptop command; its result is the exit code. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args);
  const [command, ...rest] = positionals;
  if (rest.length > 0 && command !== 'platform') {
    throw new StartError(`I do not know ${rest[0]}.`, 'See ./waymark help.');
  }
  const context: CommandContext = {
    layout: layoutOf(checkout(), process.env.WAYMARK_STATE),
    ports: readPorts(
      {
        portal: values.port,
        forge: values['forge-port'],
        postgres: values['postgres-port'],
      },
      process.env,
    ),
    env: process.env,
  };
  switch (command) {
    case 'start':
      return start(context);
    case 'dev':
      return dev(context);
    case 'stop':
      return stop(context);
    case 'status':
      return status(context, values.json === true);
    case 'reset':
      return reset(context, values.yes === true);
    case 'platform':
      return platform(context, rest);
    default:
      throw new StartError(
        `I do not know the command ${command}.`,
        `The commands are ${COMMANDS.join(', ')}; see ./waymark help.`,
      );
  }
}

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        'forge-port': { type: 'string' },
        'postgres-port': { type: 'string' },
        json: { type: 'boolean' },
        yes: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new StartError((error as Error).message, 'See ./waymark help.');
  }
}

main(process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    const known = explain(error);
    process.stderr.write(
      known
        ? `\n${known.message}\n${known.advice}\n`
        : `\n${(error as Error)?.stack ?? error}\n`,
    );
    process.exit(2);
  },
);
