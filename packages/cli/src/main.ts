import { CHECKOUT_COMMANDS } from './commands/inCheckout';
import { LOCAL } from './commands/local';
import { runCommand } from './commands/run';
import { processContext, runProcess } from './terminal/context';

const definitions = [
  ...CHECKOUT_COMMANDS.map(({ definition }) => definition),
  ...LOCAL,
];

runProcess(() =>
  runCommand(
    CHECKOUT_COMMANDS,
    process.argv.slice(2),
    processContext({ definitions, root: process.env.WAYMARK_ROOT }),
  ),
);
