import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Knex } from 'knex';
import { runStep } from '../lib/step';
import { Backend } from './backend';
import { openDora } from './database';
import { deliveries, repositoryOf, SignedDelivery } from './deliveries';
import { untilNothingWaits, waitingIn } from './waiting';

const PER_SECOND = Number(process.env.BENCH_RATE ?? 550);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 30);
/** Not counted, since a backend has been running for a while. */
const WARM_SECONDS = 5;
const REPOSITORIES = 200;
const CONNECTIONS = 16;

/** Posts signed deliveries at a fixed rate, whatever the answers take. */
runStep(async () => {
  const knex = await openDora();
  await fillRepositories(knex);
  const all = deliveries(PER_SECOND * (WARM_SECONDS + SECONDS), REPOSITORIES);
  const backend = await Backend.start();
  const before = await backend.resident();
  const begun = performance.now();
  const posted = await post(`${backend.address}/webhooks/github`, all);
  const times = posted.times.sort((a, b) => a - b);
  const seconds = (performance.now() - begun) / 1000;
  const waiting = await waitingIn(knex);
  const lag = await untilNothingWaits(knex);
  const after = await backend.resident();
  await backend.stop();
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

/** In milliseconds from the moment at which each that counts was due. */
async function post(url: string, all: readonly SignedDelivery[]) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const times: number[] = [];
  const statuses: Record<number, number> = {};
  const begun = performance.now();
  const deliver = async (delivery: SignedDelivery, due: number) => {
    const status = await send(url, delivery, agent);
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (due >= WARM_SECONDS * 1000) {
      times.push(performance.now() - begun - due);
    }
  };
  const sent: Promise<void>[] = [];
  for (const [n, delivery] of all.entries()) {
    const due = (n * 1000) / PER_SECOND;
    // By the clock each time: thousands of timers started at once come ever later.
    const ahead = due - (performance.now() - begun);
    if (ahead > 0) await delay(ahead);
    sent.push(deliver(delivery, due));
  }
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
