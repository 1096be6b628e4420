import { PACKED_COMMANDS, WORKING } from './commands/packed';
import { overview, runCommand } from './commands/run';
import { processContext, runProcess } from './terminal/context';

/** Put in by `./waymark cli pack`. */
declare const WAYMARK_VERSION: string;

const definitions = WORKING.map(({ definition }) => definition);

runProcess(async () => {
  const args = process.argv.slice(2);
  const [first] = args;
  if (['--version', '-V', 'version'].includes(first)) {
    process.stdout.write(`waymark ${WAYMARK_VERSION}\n`);
    return 0;
  }
  if (first === undefined || ['help', '--help', '-h'].includes(first)) {
    process.stdout.write(overview(WORKING));
    return first === undefined ? 2 : 0;
  }
  return runCommand(PACKED_COMMANDS, args, processContext({ definitions }));
});
