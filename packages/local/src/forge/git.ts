import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where repositories go, and as whom. */
export interface ForgeTarget {
  /** Root of the forge, such as `http://localhost:7300`. */
  url: string;
  owner: string;
  token: string;
}

/** A bare repository for as long as it takes to push what it holds. */
export interface PushRepository {
  /** Address of the repository on the forge. */
  remote: string;
  /** Runs git with the token. */
  git(...args: string[]): Promise<string>;
  /**
   * Takes history in the language of `git fast-import`.
   *
   * @returns the commits that have a mark, in the order of their marks
   */
  load(stream: Buffer): Promise<string[]>;
}

/** Opens a new bare repository from which `name` can be fetched and pushed. */
export async function withPushRepository<T>(
  name: string,
  target: ForgeTarget,
  work: (repository: PushRepository) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-push-'));
  // The token goes by environment: arguments can be read by other users.
  const env = {
    ...process.env,
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(
      `x-access-token:${target.token}`,
    ).toString('base64')}`,
  };
  try {
    await run('git', ['init', '--quiet', '--bare', folder]);
    return await work({
      remote: `${new URL(target.url).origin}/${target.owner}/${name}.git`,
      git: async (...args) =>
        (await run('git', ['-C', folder, ...args], { env })).stdout.trim(),
      load: stream => fastImport(folder, stream),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fastImport(folder: string, stream: Buffer): Promise<string[]> {
  const marks = join(folder, 'waymark-marks');
  await feed(stream, [
    ...['-C', folder, 'fast-import', '--quiet'],
    `--export-marks=${marks}`,
  ]);
  return readFileSync(marks, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => line.slice(1).split(' '))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, sha]) => sha);
}

function feed(stream: Buffer, command: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const git = spawn('git', command, { stdio: ['pipe', 'ignore', 'pipe'] });
    let errors = '';
    git.stderr.on('data', chunk => (errors += chunk));
    git.once('error', reject);
    git.once('close', code =>
      code === 0
        ? resolve()
        : reject(new Error(`git fast-import failed: ${errors.trim()}`)),
    );
    git.stdin.end(stream);
  });
}
