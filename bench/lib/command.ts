import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A program to run to its end. */
export interface Command {
  file: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
}

/**
 * Runs a command with its output in a log.
 *
 * @throws Error with the end of the log where it does not exit with 0
 */
export async function runLogged(command: Command, log: string): Promise<void> {
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'w');
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(command.file, command.args, {
      cwd: command.cwd,
      env: command.env,
      stdio: ['ignore', output, output],
    });
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) {
    const end = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15);
    throw new Error(
      `${command.file} ${command.args.join(
        ' ',
      )} ended with ${code}:\n${end.join('\n')}\nThe whole log: ${log}`,
    );
  }
}
