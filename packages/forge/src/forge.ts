import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { RequestListener } from 'node:http';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Accounts } from './accounts';
import { createApp } from './app';
import { Access } from './auth';
import { Context } from './context';
import { ForgeStartError } from './errors';
import { installHooks } from './git/hooks';
import { checkOptions, CheckedOptions, ForgeOptions } from './options';
import { listen, Listeners } from './server';
import { catchUp } from './services/journal';
import { RepositoryRecord } from './store/records';
import { Store } from './store/store';
import { Urls } from './urls';
import { Hub } from './webhooks/hub';

/** A forge that serves. */
export interface Forge {
  port: number;
  /** The public URL, without a slash at its end. */
  url: string;
  /** Ends requests under way within five seconds and frees the port. */
  stop(): Promise<void>;
}

const MIN_GIT: [number, number] = [2, 38];

/**
 * Starts the forge. Resolves when it serves; a second start on the same
 * folder finds everything the first one kept.
 *
 * @throws ForgeStartError `EINVALID` for a wrong option, `EADDRINUSE` for a
 * port in use, `ENOGIT` without a git that is new enough
 */
export async function startForge(options: ForgeOptions): Promise<Forge> {
  const checked = checkOptions(options);
  await checkGit();
  // The port comes first: it keeps a second forge away from the same data.
  let handler: RequestListener = (_req, res) => {
    res.writeHead(503, { 'Retry-After': '1' }).end('The forge is starting.\n');
  };
  const listeners = await listen(
    (req, res) => handler(req, res),
    checked.port,
    checked.host,
  );
  try {
    const running = new Set<Promise<void>>();
    const { context, hub } = await open(checked, listeners);
    handler = createApp(context, hub, running);
    hub.dispatcher.resume();
    checked.logger.info(`Git forge serves ${context.urls.base}`);
    let stopped: Promise<void> | undefined;
    return {
      port: listeners.port,
      url: context.urls.base,
      stop: () => {
        stopped ??= stop(context, hub, listeners, running);
        return stopped;
      },
    };
  } catch (error) {
    await listeners.close();
    throw error;
  }
}

async function open(
  options: CheckedOptions,
  listeners: Listeners,
): Promise<{ context: Context; hub: Hub }> {
  const { logger } = options;
  const dataDir = resolve(options.dataDir);
  const hooksDir = join(dataDir, 'hooks');
  const journalDir = join(dataDir, 'journal');
  const store = await Store.open(dataDir, logger);
  const accounts = await Accounts.open(options, store);
  const access = new Access(accounts, store, options.anonymousRead);
  const urls = new Urls(
    options.publicUrl ?? `http://localhost:${listeners.port}`,
  );
  await mkdir(journalDir, { recursive: true, mode: 0o700 });
  await installHooks(hooksDir);
  const hub: Hub = new Hub(store, accounts, urls, logger, shape);
  const context: Context = new Context(
    options,
    store,
    accounts,
    access,
    urls,
    hub,
    hooksDir,
    journalDir,
  );
  function shape(repository: RepositoryRecord) {
    return context.repositoryShape(repository);
  }
  await catchUp(context);
  return { context, hub };
}

async function stop(
  context: Context,
  hub: Hub,
  listeners: Listeners,
  running: Set<Promise<void>>,
): Promise<void> {
  await listeners.close();
  await Promise.allSettled(running);
  await context.serial.idle();
  await hub.dispatcher.stop();
  await context.store.flush();
}

/** @throws ForgeStartError `ENOGIT` */
async function checkGit(): Promise<void> {
  let output: string;
  try {
    output = (await promisify(execFile)('git', ['--version'])).stdout;
  } catch (error) {
    throw new ForgeStartError(
      'ENOGIT',
      'The Git forge needs the git program. Install git and start again.',
      error as Error,
    );
  }
  const [, major, minor] = /(\d+)\.(\d+)/.exec(output) ?? [];
  const version = [Number(major), Number(minor)];
  if (
    version[0] < MIN_GIT[0] ||
    (version[0] === MIN_GIT[0] && version[1] < MIN_GIT[1])
  ) {
    throw new ForgeStartError(
      'ENOGIT',
      `The Git forge needs git ${MIN_GIT.join(
        '.',
      )} or newer; this is ${output.trim()}.`,
    );
  }
}
