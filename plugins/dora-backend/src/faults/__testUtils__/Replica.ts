import { ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '@waymark/local';
import { Payload, SECRET, signed } from '../../__testUtils__/github';

const transform = require.resolve('@backstage/cli/config/nodeTransform.cjs');
/** Compiled code, kept between runs where all of the checkout's is. */
const CACHE = join(__dirname, '../../../../../.waymark/cache/v8');
/** Of the service that may ask everything. */
const TOKEN = 'a-token-of-the-fault-tests';
const authorized = { authorization: `Bearer ${TOKEN}` };

export interface Answer {
  status: number;
  text: string;
  json(): any;
}

/** What a replica is started with. */
export interface ReplicaOptions {
  name: string;
  folder: string;
  /** As `backend.database` has it. */
  database: object;
  /** Further configuration. */
  config: object;
}

/** A backend that is a process of its own. */
export class Replica {
  private child?: ChildProcess;

  private constructor(
    private readonly options: ReplicaOptions,
    private readonly port: number,
  ) {}

  /** Makes one that does not run yet. */
  static async make(options: ReplicaOptions): Promise<Replica> {
    return new Replica(options, await freePort());
  }

  get pid(): number {
    return this.child!.pid!;
  }

  get log(): string {
    return readFileSync(this.logFile, 'utf8');
  }

  /** Begins; {@link Replica.ready} says when it serves. */
  launch(): void {
    const { name, folder, database, config } = this.options;
    const baseUrl = `http://127.0.0.1:${this.port}`;
    const file = join(folder, `${name}.json`);
    writeFileSync(
      file,
      JSON.stringify({
        app: { baseUrl },
        backend: {
          baseUrl,
          listen: { host: '127.0.0.1', port: this.port },
          database,
          auth: {
            externalAccess: [
              { type: 'static', options: { token: TOKEN, subject: 'faults' } },
            ],
          },
        },
        permission: { enabled: false },
        ...config,
      }),
    );
    const log = openSync(this.logFile, 'a');
    this.child = spawn(
      process.execPath,
      ['--require', transform, join(__dirname, 'backend.ts'), '--config', file],
      {
        env: {
          ...process.env,
          NODE_ENV: 'production',
          NODE_OPTIONS: '',
          NODE_COMPILE_CACHE: CACHE,
        },
        // By the channel it hears when the test is gone.
        stdio: ['ignore', log, log, 'ipc'],
      },
    );
  }

  /** @throws Error with its last words where it ended or takes too long */
  async ready(): Promise<this> {
    const end = Date.now() + 60_000;
    while ((await this.readiness()) !== 200) {
      if (!this.runs || Date.now() > end) {
        throw new Error(`Not ready: ${this.log.slice(-3_000)}`);
      }
      await delay(50);
    }
    return this;
  }

  start(): Promise<this> {
    this.launch();
    return this.ready();
  }

  get runs(): boolean {
    return this.child?.exitCode === null && this.child.signalCode === null;
  }

  /** Status of its readiness, 0 where it does not answer at all. */
  async readiness(): Promise<number> {
    const path = '/.backstage/health/v1/readiness';
    return (await this.call('GET', path).catch(() => ({ status: 0 }))).status;
  }

  /** Ends when it has; at once with SIGKILL. */
  async end(how: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (!this.runs) return;
    const ended = new Promise(resolve => this.child!.once('exit', resolve));
    this.child!.kill(how);
    await ended;
  }

  signal(how: 'SIGSTOP' | 'SIGCONT'): void {
    process.kill(this.pid, how);
  }

  /** Largest resident memory since {@link Replica.forgetPeak}, in MiB. */
  peakMiB(): number {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) / 1024;
  }

  forgetPeak(): void {
    writeFileSync(`/proc/${this.pid}/clear_refs`, '5');
  }

  /** Asks as the service that may. */
  get(path: string): Promise<Answer> {
    return this.call('GET', `/api/dora${path}`, authorized);
  }

  post(path: string): Promise<Answer> {
    return this.call('POST', `/api/dora${path}`, authorized);
  }

  /** Posts a delivery to a source, with these headers and no others. */
  send(
    body: string | Buffer,
    headers: Record<string, string>,
    source = 'github',
  ): Promise<Answer> {
    return this.call('POST', `/api/dora/webhooks/${source}`, headers, body);
  }

  /** As GitHub delivers. */
  async deliver(payload: Payload, deliveryId: string, secret = SECRET) {
    const { text, headers } = await signed(payload, deliveryId, secret);
    return this.send(text, headers);
  }

  observe(observations: object[]): Promise<Answer> {
    const headers = { authorization: 'Bearer toy' };
    return this.send(JSON.stringify(observations), headers, 'toy');
  }

  /** The path is sent as it is, unlike `fetch` does. */
  call(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string | Buffer,
  ): Promise<Answer> {
    const { port } = this;
    return new Promise((resolve, reject) => {
      const sending = request(
        { host: '127.0.0.1', port, method, path, headers, agent: false },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.once('error', reject);
          response.once('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            const status = response.statusCode!;
            resolve({ status, text, json: () => JSON.parse(text) });
          });
        },
      );
      sending.on('error', reject);
      sending.end(body);
    });
  }

  private get logFile(): string {
    return join(this.options.folder, `${this.options.name}.log`);
  }
}
