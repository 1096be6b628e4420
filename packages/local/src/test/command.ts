import { ChildProcess, spawn } from 'node:child_process';

let running: ChildProcess | undefined;
let isEnded = false;

/**
 * Runs a program with its output on the terminal.
 *
 * @returns its exit code
 */
export function runCommand(
  file: string,
  args: string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<number> {
  if (isEnded) return Promise.resolve(1);
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...options, stdio: 'inherit' });
    running = child;
    child.once('error', reject);
    child.once('exit', code => {
      running = undefined;
      resolve(code ?? 1);
    });
  });
}

/** Ends the program that runs now, if one does; after that none is begun. */
export function endCommands(signal: NodeJS.Signals): void {
  isEnded = true;
  // A terminal tells all that run in it of its Ctrl-C, nobody tells of the others.
  if (signal !== 'SIGINT') running?.kill(signal);
}
