import { spawn } from 'node:child_process';
import { GitError } from '../errors';

const MAX_OUTPUT = 256 * 1024 * 1024;

/** How one git command is run. */
export interface GitRunOptions {
  /** The bare repository; becomes GIT_DIR. */
  gitDir: string;
  input?: string | Buffer;
  env?: Record<string, string>;
  /** Exit codes that are answers, not errors. Default [0]. */
  okCodes?: number[];
  /** Bytes of output after which the command is stopped. */
  maxBytes?: number;
}

/** What a git command wrote. */
export interface GitResult {
  code: number;
  stdout: Buffer;
  /** True when {@link GitRunOptions.maxBytes} cut the output. */
  truncated: boolean;
}

/**
 * The whole environment git sees: no configuration but ours, no prompts, no
 * transports that start programs.
 */
export function gitEnv(gitDir: string): Record<string, string> {
  const settings: [string, string][] = [
    ['safe.directory', gitDir],
    ['protocol.ext.allow', 'never'],
    ['core.fsmonitor', 'false'],
    ['core.quotePath', 'false'],
    ['gc.auto', '0'],
    ['user.useConfigOnly', 'true'],
  ];
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    HOME: gitDir,
    XDG_CONFIG_HOME: gitDir,
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_CONFIG_COUNT: String(settings.length),
  };
  settings.forEach(([key, value], index) => {
    env[`GIT_CONFIG_KEY_${index}`] = key;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return env;
}

/** Runs git and gives back what it wrote. */
export function git(
  args: string[],
  options: GitRunOptions,
): Promise<GitResult> {
  const { gitDir, input, okCodes = [0], maxBytes = MAX_OUTPUT } = options;
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      cwd: gitDir,
      env: { ...gitEnv(gitDir), GIT_DIR: gitDir, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    let size = 0;
    let truncated = false;
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (truncated) {
        return;
      }
      size += chunk.length;
      if (size > maxBytes) {
        truncated = true;
        chunks.push(chunk.subarray(0, chunk.length - (size - maxBytes)));
        child.kill('SIGKILL');
      } else {
        chunks.push(chunk);
      }
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < 8192) {
        stderr += chunk.toString();
      }
    });
    child.on('error', reject);
    child.on('close', code => {
      if (truncated) {
        resolve({ code: 0, stdout: Buffer.concat(chunks), truncated });
      } else if (code !== null && okCodes.includes(code)) {
        resolve({ code, stdout: Buffer.concat(chunks), truncated });
      } else {
        reject(new GitError(args[0], code, stderr));
      }
    });
    // A command that ends without reading its input is judged by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** Runs git and gives back its output as text, without the last newline. */
export async function gitText(
  args: string[],
  options: GitRunOptions,
): Promise<string> {
  const { stdout } = await git(args, options);
  return stdout.toString('utf8').replace(/\n$/, '');
}
