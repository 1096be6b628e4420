import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PortalPage } from './browser';
import { runLogged } from './command';
import { cleanEnvironment, configVariables } from './environment';
import { READINESS, signIn } from './http';
import { ports, root, work } from './paths';
import { Connection } from './postgres';
import { Running, startProcess } from './processes';

const url = `http://localhost:${ports.waymark.portal}`;
const persona = 'user:default/maya.okafor';
const script = join(root, 'waymark');

/** Data of its own: a person's `.waymark` is never touched. */
const own = {
  WAYMARK_STATE: join(work, 'waymark'),
  WAYMARK_PORT: String(ports.waymark.portal),
  WAYMARK_FORGE_PORT: String(ports.waymark.forge),
  WAYMARK_POSTGRES_PORT: String(ports.waymark.postgres),
  WAYMARK_SAMPLE_HISTORY: 'off',
};

/** Waymark as its README starts it: `./waymark start`. */
export const waymark = {
  url,
  page: {
    catalog: `${url}/catalog`,
    ready: [`${url}${READINESS}`, `${url}/`],
    storage: { 'waymark.persona': persona },
  } satisfies PortalPage,

  /** `config` is laid over what laptop mode has. */
  start: (config: Record<string, unknown> = {}): Running =>
    startProcess(
      {
        file: script,
        args: ['start'],
        cwd: root,
        env: cleanEnvironment({ ...own, ...configVariables(config) }),
      },
      join(work, 'logs/waymark.log'),
    ),

  /** The first start of all: fills database and forge, builds the app. */
  async startFirst() {
    const running = this.start();
    while (!readFileSync(running.log, 'utf8').includes('Waymark is ready')) {
      running.assertAlive();
      await delay(100);
    }
    await running.stop();
  },

  /** Deletes what the benchmarks made in it. */
  reset: () =>
    runLogged(
      {
        file: script,
        args: ['reset', '--yes'],
        cwd: root,
        env: cleanEnvironment(own),
      },
      join(work, 'logs/waymark-reset.log'),
    ),

  /** Its backend alone, with a catalog made for the benchmark. */
  startBackend: (database: Connection, catalog: string): Running =>
    startProcess(
      {
        file: process.execPath,
        args: [
          '--require',
          join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
          'src/index.ts',
          '--config',
          join(root, 'app-config.yaml'),
          '--config',
          join(root, 'bench/config/waymark.yaml'),
        ],
        cwd: join(root, 'packages/backend'),
        env: cleanEnvironment({
          ...own,
          BENCH_CATALOG: catalog,
          NODE_COMPILE_CACHE: join(root, '.waymark/cache/v8'),
          POSTGRES_HOST: database.host,
          POSTGRES_PASSWORD: database.password,
          POSTGRES_PORT: String(database.port),
          POSTGRES_USER: database.user,
        }),
      },
      join(work, 'logs/waymark-backend.log'),
    ),

  signIn: () =>
    signIn(`${url}/api/auth/persona/refresh`, { 'x-waymark-persona': persona }),
};
