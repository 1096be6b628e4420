import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, PostgresCluster } from '@waymark/local';
import createKnex, { Knex } from 'knex';

const DATABASE = 'faults';

/** A PostgreSQL of a test's own, which the test may break. */
export class PostgresServer {
  private constructor(
    private readonly cluster: PostgresCluster,
    readonly folder: string,
    /** Of the test itself, as the plugin has it. */
    readonly knex: Knex,
  ) {}

  static async start(): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), 'waymark-faults-'));
    chmodSync(folder, 0o755);
    const cluster = new PostgresCluster({
      folder,
      port: await freePort(),
      password: 'only-for-this-test',
      // Nobody pulls the plug; what is committed must outlive the server all the same.
      settings: ['fsync=off'],
    });
    await cluster.start(DATABASE);
    const knex = createKnex({
      client: 'pg',
      connection: { ...cluster.connection, database: DATABASE },
      searchPath: ['dora'],
      pool: { min: 0, max: 4 },
    });
    return new PostgresServer(cluster, folder, knex);
  }

  get connection() {
    return { ...this.cluster.connection, database: DATABASE };
  }

  /** Ends every connection and the server at once, without a checkpoint. */
  async crash(): Promise<void> {
    const pid = this.pid;
    process.kill(pid, 'SIGQUIT');
    while (isServer(pid)) await delay(20);
  }

  async comeBack(): Promise<void> {
    await this.cluster.start(DATABASE);
  }

  /** Ends all connections but the test's own; says how many. */
  async terminateAll(): Promise<number> {
    const { rowCount } = await this.knex.raw(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
    return rowCount;
  }

  /** No file may grow beyond that, as if the disk were full; Linux only. */
  limitFiles(bytes: number | 'unlimited'): void {
    const children = execFileSync('ps', [
      '-o',
      'pid=',
      '--ppid',
      `${this.pid}`,
    ]);
    for (const pid of [this.pid, ...`${children}`.trim().split(/\s+/)]) {
      // Only who the process belongs to may, and root is somebody else.
      const { uid, gid } = statSync(`/proc/${pid}`);
      const limit = `--fsize=${bytes}:unlimited`;
      execFileSync('prlimit', ['--pid', `${pid}`, limit], { uid, gid });
    }
  }

  async stop(): Promise<void> {
    await this.knex.destroy();
    await this.cluster.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get pid(): number {
    const file = join(this.folder, 'data/postmaster.pid');
    return Number(readFileSync(file, 'utf8').split('\n')[0]);
  }
}

function isServer(pid: number): boolean {
  try {
    // A server that ended may not have been waited for yet.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
