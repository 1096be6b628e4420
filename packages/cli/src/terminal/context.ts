import type { Context } from '../commands/Context';
import { ask, askSecret } from './ask';

/** The process's own terminal and environment. */
export function processContext(
  own: Pick<Context, 'definitions' | 'root'>,
): Context {
  const wantsColours = !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  const isAttended = process.stdin.isTTY && process.stderr.isTTY;
  const note = (text: string) => void process.stderr.write(text);
  return {
    ...own,
    cwd: process.cwd(),
    env: process.env,
    out: text => process.stdout.write(text),
    colours: process.stdout.isTTY === true && wantsColours,
    note,
    noteColours: process.stderr.isTTY === true && wantsColours,
    columns: process.stderr.isTTY ? process.stderr.columns : undefined,
    progress: text => note(`  … ${text}\n`),
    ask: isAttended ? ask : undefined,
    askSecret: isAttended ? askSecret : undefined,
  };
}

/** Runs to the end of the process: 2 where it could not. */
export function runProcess(work: () => Promise<number>): void {
  // `… | head` has read enough: that is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  work().then(
    code => process.exit(code),
    error => {
      process.stderr.write(`\n${(error as Error).message}\n`);
      process.exit(2);
    },
  );
}
