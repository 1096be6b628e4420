import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { ServiceUnavailableError } from '@backstage/errors';

/** How one command of git is run. */
export interface GitOptions {
  input?: Iterable<Buffer>;
  /** Exit codes that are answers; 0 unless said. */
  okCodes?: readonly number[];
}

/**
 * Runs git in one repository.
 *
 * @throws ServiceUnavailableError where git is missing, fails or takes long
 */
export type Git = (
  args: readonly string[],
  options?: GitOptions,
) => Promise<{ code: number; stdout: Buffer }>;

/** @param where - folder, environment and bound of each command */
export function gitAt(where: {
  cwd: string;
  env: NodeJS.ProcessEnv;
  seconds: number;
}): Git {
  const { seconds, ...place } = where;
  return (args, { input = [], okCodes = [0] } = {}) =>
    new Promise((resolve, reject) => {
      const command = args.find(arg => /^[a-z]/.test(arg));
      const fail = (why: string) =>
        reject(new ServiceUnavailableError(`git ${command}: ${why}`));
      const child = spawn('git', args, {
        ...place,
        stdio: ['pipe', 'pipe', 'pipe'],
        timeout: seconds * 1000,
        killSignal: 'SIGKILL',
      });
      const chunks: Buffer[] = [];
      let stderr = '';
      child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => {
        if (stderr.length < 4_000) stderr += chunk;
      });
      child.once('error', error => fail(error.message));
      child.once('close', code => {
        if (code !== null && okCodes.includes(code)) {
          resolve({ code, stdout: Buffer.concat(chunks) });
        } else if (code === null) {
          fail(`was ended, or took longer than ${seconds} seconds`);
        } else {
          fail(stderr.trim() || `ended with ${code}`);
        }
      });
      // A command that ends without reading its input is judged by its code.
      child.stdin.on('error', () => undefined);
      Readable.from(input).pipe(child.stdin);
    });
}
