import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { compressAssets } from '@waymark/backstage-plugin-app-backend-module-compressed-assets/compress';
import { StartError } from '../fail';
import { Layout } from '../layout';
import { Progress } from '../progress';

const run = promisify(execFile);
const IGNORED = new Set(['node_modules', 'dist', 'dist-types', 'coverage']);

/**
 * Builds the app where its sources changed since the last build. What decides
 * is their content, so a pull or a branch and back does not build again.
 */
export async function ensureAppBuilt(layout: Layout, progress: Progress) {
  const stamp = join(layout.cache, 'app-build');
  const dist = join(layout.root, 'packages/app/dist/index.html');
  const content = hashSources(layout.root);
  if (
    existsSync(dist) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === content
  ) {
    return;
  }
  await progress.step('Building the app (once, until it changes)', () =>
    build(layout.root),
  );
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, content);
}

async function build(root: string) {
  try {
    await run(
      process.execPath,
      [
        join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
        'package',
        'build',
      ],
      {
        cwd: join(root, 'packages/app'),
        maxBuffer: 64 * 1024 * 1024,
        env: { ...process.env, NODE_ENV: 'production' },
      },
    );
  } catch (error) {
    const { stdout = '', stderr = '' } = error as Record<string, string>;
    throw new StartError(
      'The app does not build.',
      `${stdout}${stderr}`.trim().split('\n').slice(-30).join('\n'),
    );
  }
  await compressAssets(join(root, 'packages/app/dist/static'));
}

function hashSources(root: string): string {
  const hash = createHash('sha256');
  for (const path of [
    'yarn.lock',
    'app-config.yaml',
    'packages/app',
    'plugins',
  ]) {
    addToHash(hash, join(root, path), path);
  }
  return hash.digest('hex');
}

function addToHash(
  hash: ReturnType<typeof createHash>,
  path: string,
  name: string,
) {
  const entries = readEntries(path);
  if (!entries) {
    hash.update(`${name}\0`).update(readFileSync(path));
    return;
  }
  for (const entry of entries) {
    if (!IGNORED.has(entry)) {
      addToHash(hash, join(path, entry), `${name}/${entry}`);
    }
  }
}

function readEntries(path: string): string[] | undefined {
  try {
    return readdirSync(path).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}
