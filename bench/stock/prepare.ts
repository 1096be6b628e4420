import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { z } from 'zod';
import { Command, runLogged } from '../lib/command';
import { root, stockApp, work } from '../lib/paths';

/** The create-app whose template makes Backstage 1.55. */
const CREATE_APP = '0.9.2';
const RELEASE = '1.55';
/** Stock's default database: version 12, compiled on Node 24.19+, crashes it. */
const BETTER_SQLITE = '13.2.0';
/** Asked for by create-app; the newest is not in every registry. */
const CLI_COMMON = '0.3.1';

const folder = join(work, 'stock');
const creator = join(folder, 'create-app');
const yarn = join(root, '.yarn/releases/yarn-4.18.1.cjs');

const manifestSchema = z
  .object({ resolutions: z.record(z.string(), z.string()).default({}) })
  .passthrough();
const releaseSchema = z.object({ version: z.string() });

/**
 * Makes and builds stock Backstage the way its documentation says, with the
 * versions this checkout resolved. What is there already is kept.
 */
export async function prepareStock(): Promise<void> {
  const stamp = join(folder, 'prepared');
  const wanted = createHash('sha256')
    .update(process.version)
    .update(lockedBackstage())
    .update(readFileSync(__filename))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;

  rmSync(stamp, { force: true });
  const env = installEnvironment();
  if (!existsSync(join(stockApp, 'node_modules'))) await createApp(env);
  pinVersions();
  await step('Installing stock Backstage', 'install', {
    file: process.execPath,
    args: [yarn, 'install', '--no-immutable'],
    cwd: stockApp,
    env,
  });
  await step('Building stock Backstage', 'build', {
    file: process.execPath,
    args: [yarn, 'build:backend'],
    cwd: stockApp,
    env,
  });
  // The archive is what goes into the image. Its built files, put in place,
  // are what the image's `node packages/backend` runs.
  await step('Unpacking the build', 'unpack', {
    file: 'tar',
    args: [
      '--extract',
      '--gzip',
      '--file=packages/backend/dist/bundle.tar.gz',
      '--exclude=package.json',
    ],
    cwd: stockApp,
    env,
  });
  writeFileSync(stamp, wanted);
}

async function createApp(env: NodeJS.ProcessEnv) {
  mkdirSync(creator, { recursive: true });
  writeFileSync(
    join(creator, 'package.json'),
    JSON.stringify({
      private: true,
      dependencies: { '@backstage/create-app': CREATE_APP },
      overrides: { '@backstage/cli-common': CLI_COMMON },
    }),
  );
  await step(`Getting @backstage/create-app ${CREATE_APP}`, 'create-app', {
    file: 'npm',
    args: ['install', '--no-audit', '--no-fund', '--loglevel=error'],
    cwd: creator,
    env,
  });
  rmSync(stockApp, { recursive: true, force: true });
  mkdirSync(stockApp, { recursive: true });
  await step('Creating stock Backstage', 'create', {
    file: process.execPath,
    args: [
      join(
        creator,
        'node_modules/@backstage/create-app/bin/backstage-create-app',
      ),
      '--skip-install',
      '--path',
      'app',
    ],
    cwd: folder,
    env: { ...env, BACKSTAGE_APP_NAME: 'stock' },
  });
  const { version } = releaseSchema.parse(
    readJson(join(stockApp, 'backstage.json')),
  );
  if (!version.startsWith(`${RELEASE}.`)) {
    throw new Error(`create-app made Backstage ${version}, not ${RELEASE}`);
  }
}

/**
 * With the lockfile and the resolutions of this checkout both portals run the
 * same patch of every package they share, and differ in what they make of it.
 */
function pinVersions() {
  const path = join(stockApp, 'package.json');
  const manifest = manifestSchema.parse(readJson(path));
  const own = manifestSchema.parse(readJson(join(root, 'package.json')));
  // What this checkout patches, stock has as it is published.
  const published = Object.entries(own.resolutions).filter(
    ([, version]) => !version.startsWith('patch:'),
  );
  Object.assign(manifest.resolutions, Object.fromEntries(published), {
    'better-sqlite3': BETTER_SQLITE,
  });
  writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
  copyFileSync(join(root, 'yarn.lock'), join(stockApp, 'yarn.lock'));
}

/** What the lockfile says of Backstage: the rest may change underneath. */
function lockedBackstage(): string {
  return readFileSync(join(root, 'yarn.lock'), 'utf8')
    .split('\n\n')
    .filter(entry => entry.startsWith('"@backstage/'))
    .join('\n\n');
}

function installEnvironment(): NodeJS.ProcessEnv {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  // create-app asks for a `yarn`, the scripts it makes call one.
  const shim = join(bin, 'yarn');
  writeFileSync(shim, `#!/bin/sh\nexec "${process.execPath}" "${yarn}" "$@"\n`);
  chmodSync(shim, 0o755);
  return {
    ...process.env,
    PATH: [bin, dirname(process.execPath), process.env.PATH].join(delimiter),
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
    // The age gate would refuse versions this checkout already runs, and the
    // older Yarn of the template does not read this checkout's lockfile.
    YARN_NPM_MINIMAL_AGE_GATE: '0',
    YARN_IGNORE_PATH: '1',
  };
}

async function step(title: string, log: string, command: Command) {
  const begun = Date.now();
  process.stdout.write(`  … ${title}\n`);
  await runLogged(command, join(folder, 'logs', `${log}.log`));
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  process.stdout.write(`  ✓ ${title} (${seconds} s)\n`);
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
