import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

/** How a program ended. */
export interface Ended {
  /** Exit code; 128 and more where a signal ended it. */
  code: number;
  /** Both streams, in the order they came. */
  output: string;
}

/**
 * Runs a program to its end and keeps what it says.
 *
 * @throws the system's error where the program cannot be started
 */
export function runCommand(
  file: string,
  args: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      ...options,
      env: { ...process.env, NO_COLOR: '1', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', chunk => chunks.push(chunk));
    child.stderr.on('data', chunk => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', code =>
      resolve({
        code: code ?? 128,
        output: stripVTControlCharacters(
          Buffer.concat(chunks).toString('utf8'),
        ),
      }),
    );
  });
}
