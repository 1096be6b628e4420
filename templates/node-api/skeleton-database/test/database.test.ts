import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../src/database.ts';
import { Readiness } from '../src/health.ts';
import { createRegistry } from '../src/metrics.ts';
import { migrate } from '../src/migrations.ts';
import { PostgresQuotes } from '../src/quotes/postgres.ts';
import { createSchema, type Schema } from './schema.ts';
import { itKeepsQuotes } from './stores.ts';
import { keepLog, startApp } from './support.ts';

const url = process.env.DATABASE_URL;

describe.skipIf(!url)('with PostgreSQL', () => {
  const { logger, lines } = keepLog();
  const registry = createRegistry();
  let schema: Schema;
  let database: Database;
  beforeAll(async () => {
    schema = await createSchema(url ?? '');
    database = new Database(schema.config, logger, registry);
    await migrate(schema.config.DATABASE_URL, logger);
  });
  afterAll(async () => {
    await database.close();
    await schema.drop();
  });

  itKeepsQuotes(async () => {
    await schema.query('TRUNCATE quotes');
    return new PostgresQuotes(database.pool);
  });

  describe('migrations', () => {
    const tables = () =>
      schema.query(
        `SELECT table_name FROM information_schema.tables
         WHERE table_schema = current_schema() ORDER BY 1`,
      );

    it('go down and up again', async () => {
      const { DATABASE_URL } = schema.config;
      await migrate(DATABASE_URL, logger, 'down');
      expect(await tables()).toEqual([{ table_name: 'migrations' }]);
      expect(await migrate(DATABASE_URL, logger)).toEqual(['0001_quotes']);
      expect(await migrate(DATABASE_URL, logger)).toEqual([]);
    });

    it('wait for each other', async () => {
      const { DATABASE_URL } = schema.config;
      await migrate(DATABASE_URL, logger, 'down');
      const both = [1, 2].map(() => migrate(DATABASE_URL, logger));
      expect((await Promise.all(both)).flat()).toEqual(['0001_quotes']);
    });

    it('fail as a whole, and say why', async () => {
      const { DATABASE_URL } = schema.config;
      await migrate(DATABASE_URL, logger, 'down');
      await schema.query('CREATE TABLE quotes (id int)');
      await expect(migrate(DATABASE_URL, logger)).rejects.toThrow(
        'relation "quotes" already exists',
      );
      await schema.query('DROP TABLE quotes');
      expect(await migrate(DATABASE_URL, logger)).toEqual(['0001_quotes']);
    });
  });

  it('is known to the server by its name, and measured', async () => {
    const { rows } = await database.pool.query('SHOW application_name');
    const name = rows[0]?.application_name;
    expect(lines[0]?.service).toBe(name);
    expect(await registry.metrics()).toMatch(
      /db_client_connection_count\{db_client_connection_state="idle"\} [1-9]/,
    );
  });

  it('says once that its database is away, and once that it is back', async () => {
    const proxy = await startProxy(url ?? '');
    const { lines, logger } = keepLog();
    const away = new Database(
      {
        ...schema.config,
        DATABASE_URL: { ...schema.config.DATABASE_URL, ...proxy.address },
      },
      logger,
      createRegistry(),
    );
    const readiness = new Readiness(() => away.answers());
    const { app } = await startApp({}, { readiness });
    const probe = async () => (await app.inject('/readyz')).statusCode;

    expect(await probe()).toBe(200);
    proxy.isAway = true;
    proxy.cut();
    expect([await probe(), await probe()]).toEqual([503, 503]);
    expect((await app.inject('/healthz')).statusCode).toBe(200);
    proxy.isAway = false;
    expect(await probe()).toBe(200);
    expect(lines.map(({ msg }) => msg)).toEqual([
      'the database does not answer',
      'the database answers again',
    ]);
    await away.close();
    await app.close();
    proxy.close();
  });
});

/** Stands before a PostgreSQL and can take it away. */
async function startProxy(base: string) {
  const { hostname, port } = new URL(base);
  const sockets = new Set<Socket>();
  const server = createServer(client => {
    if (proxy.isAway) {
      client.destroy();
      return;
    }
    const upstream = connect(Number(port || 5432), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    }
    client.pipe(upstream).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const proxy = {
    isAway: false,
    address: {
      host: '127.0.0.1',
      port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    },
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: () => server.close(),
  };
  return proxy;
}
