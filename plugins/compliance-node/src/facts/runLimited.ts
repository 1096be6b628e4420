import { spawn } from 'node:child_process';
import { Again, FactsError } from './FactsError';

/** Bounds of a program that works on files of others. */
export interface RunLimits {
  timeoutMs: number;
  /** Of what it writes to standard output. */
  maxBytes: number;
}

/** How a program ended. */
export interface Ran {
  code: number | null;
  stdout: string;
  /** The first 16 KiB. */
  stderr: string;
}

const MOST_STDERR = 16 * 1024;
/** Of address space, in KiB: templates can be made to fill any memory. */
const MOST_MEMORY = 4 * 1024 * 1024;

/**
 * Runs a program without the environment of this process, and ends it when it
 * takes too long or says too much.
 *
 * @throws FactsError where it was ended
 */
export function runLimited(
  program: string,
  args: readonly string[],
  cwd: string,
  { timeoutMs, maxBytes }: RunLimits,
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      '/bin/sh',
      [
        '-c',
        `ulimit -v ${MOST_MEMORY} 2>/dev/null; exec "$0" "$@"`,
        program,
        ...args,
      ],
      {
        cwd,
        env: { PATH: process.env.PATH, HOME: cwd, LC_ALL: 'C' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const stop = (reason: string, again?: Again) => {
      child.kill('SIGKILL');
      reject(new FactsError(reason, again));
    };
    const timer = setTimeout(
      () => stop(`Helm took longer than ${timeoutMs / 1000} s.`, {}),
      timeoutMs,
    );
    const out: Buffer[] = [];
    let size = 0;
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) out.push(chunk);
      else stop(`Helm wrote more than ${maxBytes / 1024 / 1024} MiB.`);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < MOST_STDERR) stderr += chunk;
    });
    child.once('error', reject);
    child.once('close', code => {
      clearTimeout(timer);
      const stdout = Buffer.concat(out).toString('utf8');
      resolve({ code, stdout, stderr: stderr.slice(0, MOST_STDERR) });
    });
  });
}
