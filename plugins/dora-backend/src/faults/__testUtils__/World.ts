import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Knex } from 'knex';
import { Entity } from '@backstage/catalog-model';
import { OLD_SECRET, SECRET } from '../../__testUtils__/github';
import { HOST } from './bulk';
import { HoldingProxy } from './HoldingProxy';
import { PostgresServer } from './PostgresServer';
import { Replica } from './Replica';
import { PRICING } from './story';

/** How often something is done: few times in every test run, more in bench/faults. */
export const times = (few: number): number =>
  Math.ceil(few * Number(process.env.FAULTS_TIMES ?? 1));

/** Two replicas over one database, each a process. */
export class World {
  private readonly proxies: HoldingProxy[] = [];
  private readonly replicas: Replica[] = [];

  private constructor(readonly postgres: PostgresServer) {}

  static async make(): Promise<World> {
    return new World(await PostgresServer.start());
  }

  get knex(): Knex {
    return this.postgres.knex;
  }

  private get broken(): string {
    return join(this.postgres.folder, 'toy-is-broken');
  }

  /** Whether the source of observations can be read. */
  breakToy(isBroken: boolean): void {
    if (isBroken) writeFileSync(this.broken, '');
    else rmSync(this.broken);
  }

  /** A replica that does not run yet. */
  async replica(
    options: {
      dora?: object;
      knexConfig?: object;
      port?: number;
      entities?: Entity[];
      /** In the histories that the toy tells. */
      pushes?: number;
    } = {},
  ): Promise<Replica> {
    const { port = this.postgres.connection.port } = options;
    const { entities = [PRICING], pushes = 0 } = options;
    const replica = await Replica.make({
      name: `replica-${this.replicas.length}`,
      folder: this.postgres.folder,
      database: {
        client: 'pg',
        pluginDivisionMode: 'schema',
        connection: { ...this.postgres.connection, port },
        knexConfig: options.knexConfig ?? {},
      },
      config: {
        integrations: {
          github: [{ host: 'git.example.com', token: 'x' }],
          gitea: [{ host: HOST }],
        },
        dora: {
          sources: { github: { secrets: [SECRET, OLD_SECRET] } },
          ...options.dora,
        },
        faults: { entities, pushes, toyIsBroken: this.broken },
      },
    });
    this.replicas.push(replica);
    return replica;
  }

  /** One whose answers from the database can be kept back. */
  async heldReplica(): Promise<{ replica: Replica; proxy: HoldingProxy }> {
    const proxy = await HoldingProxy.start(this.postgres.connection.port);
    this.proxies.push(proxy);
    return { replica: await this.replica({ port: proxy.port }), proxy };
  }

  async end(): Promise<void> {
    for (const proxy of this.proxies) proxy.stop();
    await Promise.all(this.replicas.map(one => one.end('SIGKILL')));
    await this.postgres.stop();
  }

  /** Waits for something the replicas bring about. */
  async until<T>(
    what: string,
    found: () => Promise<T | undefined | false>,
    seconds = 30,
  ): Promise<T> {
    const end = Date.now() + seconds * 1_000;
    for (;;) {
      const value = await found();
      if (value) return value;
      if (Date.now() > end) throw new Error(`Not within ${seconds} s: ${what}`);
      await delay(50);
    }
  }

  /** Until a statement of a replica waits for a lock of the test's. */
  blocked(words: string): Promise<unknown> {
    return this.until(`blocked: ${words}`, () =>
      this.knex('pg_stat_activity')
        .where({ wait_event_type: 'Lock' })
        .where('query', 'like', `%${words}%`)
        .first('pid'),
    );
  }

  /** Locks a table against writes until the transaction ends. */
  async lock(table: string): Promise<Knex.Transaction> {
    const trx = await this.knex.transaction();
    await trx.raw('lock table ?? in share mode', [table]);
    return trx;
  }

  /** The process that has claimed something of a table, once there is one. */
  async claimant(table: string): Promise<Replica> {
    const { by } = await this.until<{ by: string }>(`a claim in ${table}`, () =>
      this.knex(table).whereNotNull('claimed_by').first('claimed_by as by'),
    );
    return this.replicas.find(one => one.runs && by.endsWith(`:${one.pid}`))!;
  }

  /** All leases run out: at their time in a full run, else at once. */
  async leasesEnd(): Promise<void> {
    const { knex } = this;
    for (const table of ['inbox', 'units', 'row_work']) {
      if (process.env.FAULTS_FULL) {
        await this.until(
          `leases of ${table} are over`,
          async () =>
            !(await knex(table)
              .where('claimed_until', '>', knex.fn.now())
              .first('id')),
          60,
        );
      } else {
        await knex(table)
          .whereNotNull('claimed_until')
          .update({ claimed_until: knex.raw(`now() - interval '1 second'`) });
      }
    }
  }

  /** Nothing was ever delivered. */
  async empty(): Promise<void> {
    await this.settled();
    await this.knex.transaction(async trx => {
      await trx('inbox').delete();
      await trx('observations').delete();
      await trx('units').update({
        waiting: true,
        wanted: trx.raw('wanted + 1'),
        due_at: trx.fn.now(),
      });
    });
    await this.settled();
  }

  /** Nothing waits to be done. */
  async settled(seconds?: number): Promise<void> {
    const { knex } = this;
    const isDone = async () => {
      const found = await Promise.all([
        knex('inbox').where({ state: 'waiting' }).first('id'),
        knex('units').where({ waiting: true }).first('id'),
        knex('row_work')
          .where({ waiting: true })
          // What lies in the future waits for its day.
          .whereRaw('(due_at <= now() or attempts > 0)')
          .first('id'),
      ]);
      return found.every(row => !row);
    };
    await this.until('all is done', isDone, seconds);
  }

  async count(table: string, where: object = {}): Promise<number> {
    const [{ count }] = await this.knex(table).where(where).count();
    return Number(count);
  }

  /** Of all that is derived, however much it is. */
  async digest(): Promise<string[]> {
    const tables = ['deployments', 'changes', 'incidents'];
    const of = async (table: string, what: string, by: string) => {
      const { rows } = await this.knex.raw(
        `select md5(string_agg(${what}, '' order by ${by})) as digest from ${table}`,
      );
      return `${table} ${rows[0].digest}`;
    };
    return Promise.all([
      of('observations', 'key', 'key'),
      ...tables.map(table => of(table, `md5(${table}::text)`, 'id')),
    ]);
  }

  /** All that is derived, as it is stored. */
  async derived(): Promise<string> {
    const tables = ['observations', 'deployments', 'changes', 'incidents'];
    const all = await Promise.all(
      tables.map(table => this.knex(table).select().orderByRaw('1')),
    );
    return JSON.stringify(all, (key, value) =>
      // Which delivery said it first depends on the order of reading.
      key === 'inbox_id' ? undefined : value,
    );
  }

  /**
   * What speaks against this: every delivery that was answered with 2xx is there
   * once, and what is derived is what a rebuild derives.
   */
  async violations(
    replica: Replica,
    accepted: ReadonlySet<string>,
  ): Promise<string[]> {
    await this.settled();
    const rows: { delivery_id: string }[] = await this.knex('inbox').select(
      'delivery_id',
    );
    const kept = new Set(rows.map(row => row.delivery_id));
    const found = [...accepted]
      .filter(id => !kept.has(id))
      .map(id => `${id} was accepted and is not there`);
    if (kept.size < rows.length) found.push('something is there twice');
    const before = await this.derived();
    const { status } = await replica.post('/rebuild');
    if (status !== 202) found.push(`a rebuild was answered with ${status}`);
    await this.settled();
    if ((await this.derived()) !== before) found.push('a rebuild differs');
    return found;
  }
}
