import { ChildProcess, spawn } from 'node:child_process';

let running: ChildProcess | undefined;

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

/** Ends the program that runs now, if one does. */
export function endCommand(signal: NodeJS.Signals): void {
  running?.kill(signal);
}
