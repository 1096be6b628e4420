import { ChildProcess, fork } from 'node:child_process';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Knex } from 'knex';
import { runStep } from '../lib/step';
import { openDora } from './database';
import { deliveries, repositoryOf, SignedDelivery } from './deliveries';

const PER_SECOND = Number(process.env.BENCH_RATE ?? 550);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 30);
const REPOSITORIES = 200;
const CONNECTIONS = 16;
const PATIENCE_MS = 180_000;

/** Posts signed deliveries at a fixed rate, whatever the answers take. */
runStep(async () => {
  const knex = await openDora();
  await fillRepositories(knex);
  const all = deliveries(PER_SECOND * SECONDS, REPOSITORIES);
  const backend = fork(join(__dirname, 'serve.ts'), {
    execArgv: process.execArgv,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const { address } = await answerOf<{ address: string }>(backend);
  const before = await resident(backend);
  const begun = performance.now();
  const posted = await post(`${address}/webhooks/github`, all);
  const times = posted.times.sort((a, b) => a - b);
  const seconds = (performance.now() - begun) / 1000;
  const waiting = await counts(knex);
  const lag = await untilNothingWaits(knex);
  const after = await resident(backend);
  backend.disconnect();
  const facts = await knex('deployments')
    .where('unit', 'like', 'git.example.com/bench/ingest-%')
    .count()
    .first();
  await knex.destroy();
  return {
    perSecond: PER_SECOND,
    sent: all.length,
    seconds,
    statuses: posted.statuses,
    p50: at(times, 0.5),
    p99: at(times, 0.99),
    worst: at(times, 1),
    waiting,
    lag,
    deployments: Number(facts!.count),
    memory: [before, after],
  };
});

/** Sorted values: what that share of them does not exceed. */
function at(times: number[], share: number): number {
  return times[Math.max(0, Math.ceil(times.length * share) - 1)];
}

async function fillRepositories(knex: Knex): Promise<void> {
  const rows = Array.from({ length: REPOSITORIES }, (_, n) => {
    const unit = `git.example.com/bench/${repositoryOf(n)}`;
    return {
      entity_ref: `component:default/${repositoryOf(n)}`,
      unit,
      repository: unit,
      path: '',
      services: [],
    };
  });
  await knex('components').insert(rows).onConflict('entity_ref').ignore();
}

/** In milliseconds from the moment at which each was due. */
async function post(url: string, all: readonly SignedDelivery[]) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const times: number[] = [];
  const statuses: Record<number, number> = {};
  const begun = performance.now();
  const sent = all.map(async (delivery, n) => {
    const due = (n * 1000) / PER_SECOND;
    await delay(due);
    const status = await send(url, delivery, agent);
    statuses[status] = (statuses[status] ?? 0) + 1;
    times.push(performance.now() - begun - due);
  });
  await Promise.all(sent);
  agent.destroy();
  return { times, statuses };
}

function send(
  url: string,
  { body, headers }: SignedDelivery,
  agent: Agent,
): Promise<number> {
  return new Promise((done, fail) => {
    const sent = request(url, { method: 'POST', headers, agent }, response => {
      response.resume();
      response.once('end', () => done(response.statusCode ?? 0));
    });
    sent.once('error', fail);
    sent.end(body);
  });
}

interface Waiting {
  deliveries: number;
  repositories: number;
  components: number;
}

async function counts(knex: Knex): Promise<Waiting> {
  // What lies in the future is made anew when it has come: that is not waited for.
  const count = async (table: string, where: object) =>
    Number(
      (await knex(table)
        .where(where)
        .where('due_at', '<=', knex.fn.now())
        .count()
        .first())!.count,
    );
  const [inbox, units, rows] = await Promise.all([
    count('inbox', { state: 'waiting' }),
    count('units', { waiting: true }),
    count('row_work', { waiting: true }),
  ]);
  return { deliveries: inbox, repositories: units, components: rows };
}

/** Seconds after the last delivery until all were read, and all facts and rows made. */
async function untilNothingWaits(knex: Knex) {
  const begun = performance.now();
  const lag: Partial<Record<keyof Waiting, number>> = {};
  while (performance.now() - begun < PATIENCE_MS) {
    const waiting = await counts(knex);
    for (const [name, n] of Object.entries(waiting)) {
      const key = name as keyof Waiting;
      if (n === 0) lag[key] ??= (performance.now() - begun) / 1000;
      else delete lag[key];
    }
    if (Object.keys(lag).length === 3) return lag;
    await delay(100);
  }
  return lag;
}

function answerOf<T>(child: ChildProcess): Promise<T> {
  return new Promise((done, fail) => {
    child.once('exit', code => fail(new Error(`It ended with ${code}`)));
    const listen = (message: object) => {
      if (!('address' in message) && !('residentMiB' in message)) return;
      child.off('message', listen);
      done(message as T);
    };
    child.on('message', listen);
  });
}

async function resident(child: ChildProcess): Promise<number> {
  const answer = answerOf<{ residentMiB: number }>(child);
  child.send('resident');
  return (await answer).residentMiB;
}
