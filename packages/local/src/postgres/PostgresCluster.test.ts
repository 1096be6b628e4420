import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { isAlive } from '../processes';
import { freePort } from '../test/freePort';
import { PostgresCluster } from './PostgresCluster';

jest.setTimeout(60_000);

describe('PostgresCluster', () => {
  let folder: string;
  const started: PostgresCluster[] = [];

  const create = async () => {
    const cluster = new PostgresCluster({
      folder,
      port: await freePort(),
      password: 'a-password-for-this-test',
    });
    started.push(cluster);
    return cluster;
  };
  const query = async (cluster: PostgresCluster, sql: string) => {
    const client = new Client({ ...cluster.connection, database: 'waymark' });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const serverPid = () =>
    Number(
      readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0],
    );

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'waymark-cluster-'));
    chmodSync(folder, 0o755);
  });

  afterEach(async () => {
    for (const cluster of started.splice(0)) await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps its data between starts and ends with stop', async () => {
    const cluster = await create();
    await cluster.start('waymark');
    await query(cluster, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const pid = serverPid();
    await cluster.stop();
    expect(isAlive(pid)).toBe(false);

    const again = await create();
    await again.start('waymark');
    expect(await query(again, 'SELECT answer FROM kept')).toEqual([
      { answer: 42 },
    ]);
  });

  it('takes over from the server of a killed run', async () => {
    const killed = await create();
    await killed.start('waymark');
    await query(killed, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const orphan = serverPid();

    const next = await create();
    await next.start('waymark');

    expect(isAlive(orphan)).toBe(false);
    expect(await query(next, 'SELECT answer FROM kept')).toEqual([
      { answer: 42 },
    ]);
  });

  it('begins anew where the first start was interrupted', async () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data/half-made'), '');

    const cluster = await create();
    await cluster.start('waymark');

    expect(await query(cluster, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('lets nobody in without the password', async () => {
    const cluster = await create();
    await cluster.start('waymark');

    const client = new Client({ ...cluster.connection, password: 'guessed' });
    await expect(client.connect()).rejects.toThrow(
      'password authentication failed',
    );
  });

  it('says why it does not start', async () => {
    const cluster = new PostgresCluster({
      folder,
      port: await freePort(),
      password: 'a-password-for-this-test',
      settings: ['no_such_setting=1'],
    });
    await expect(cluster.start('waymark')).rejects.toMatchObject({
      message: 'PostgreSQL did not start.',
      advice: expect.stringContaining('no_such_setting'),
    });
  });
});
