import { totalmem } from 'node:os';
import { z } from 'zod';
import { Benchmark, say } from './lib/benchmark';
import { ports } from './lib/paths';
import { Database, startEmptyPostgres } from './lib/postgres';
import { report, Row } from './lib/report';
import { median, p95 } from './lib/stats';
import { step } from './lib/step';

const COMPONENTS = Number(process.env.BENCH_COMPONENTS ?? 2_000);
/** A component's share; all together a million deployments, five million changes. */
const SIZE = {
  components: COMPONENTS,
  deployments: COMPONENTS * 500,
  changes: COMPONENTS * 2_500,
  incidents: COMPONENTS * 10,
  days: 730,
};
/** Its dashboard for PostgreSQL: `grafana/dashboards/postgresql/DORA.json`. */
const DEVLAKE = process.env.BENCH_DEVLAKE;
/**
 * A quarter of the machine's memory, as PostgreSQL's manual has it for a server, and
 * log files at hand: a new one is 16 MB to be written while all commits wait.
 */
const SERVER = [
  `shared_buffers=${Math.round(totalmem() / 4 / 1024 ** 2)}MB`,
  'min_wal_size=1GB',
];
const BELOW: Record<string, number> = { company: 250, entity: 50 };

const filledSchema = z.object({
  seconds: z.number(),
  deployments: z.number(),
  changes: z.number(),
  incidents: z.number(),
});
const rowsSchema = z.object({ seconds: z.number(), components: z.number() });
const timesSchema = z.record(z.string(), z.array(z.number()));
const readsSchema = z.object({
  pages: z.record(z.string(), z.string()),
  first: z.record(z.string(), z.number()),
  values: z.record(
    z.string(),
    z.object({ value: z.number().optional(), n: z.number() }),
  ),
  quiet: timesSchema,
  busy: timesSchema,
  shown: z.array(z.number()),
  made: z.number(),
  memory: z.array(z.number()),
});
const ingestSchema = z.object({
  perSecond: z.number(),
  sent: z.number(),
  seconds: z.number(),
  statuses: z.record(z.string(), z.number()),
  p50: z.number(),
  p99: z.number(),
  worst: z.number(),
  waiting: z.record(z.string(), z.number()),
  lag: z.record(z.string(), z.number()),
  memory: z.array(z.number()),
});
const loadSchema = z.object({
  observations: z.number(),
  facts: z.number(),
  adding: z.number(),
  folding: z.number(),
  perSecond: z.number(),
});
const devlakeSchema = z.object({
  loading: z.number(),
  panels: z.array(
    z.object({
      name: z.string(),
      seconds: z.number(),
      ended: z.boolean(),
      rows: z.array(z.record(z.string(), z.unknown())),
    }),
  ),
});

/** Pages of delivery, what comes in, and the same questions asked of DevLake's tables. */
export const dora: Benchmark = async ({ runs = 1 }) => {
  const measured: Awaited<ReturnType<typeof measure>>[] = [];
  for (let run = 0; run < runs; run++) {
    const database = await startEmptyPostgres(
      'dora',
      ports.waymark.postgres,
      SERVER,
    );
    measured.push(await measure(database));
    await database.stop();
  }
  const [{ reads: asked, filled, devlake }] = measured;
  const value = (pick: (one: (typeof measured)[number]) => number) =>
    median(measured.map(pick));
  const pages = (['quiet', 'busy'] as const).flatMap(when =>
    Object.keys(asked.pages).map(
      (name): Row => ({
        what: `${name}, ${
          when === 'quiet'
            ? 'one component changed'
            : 'while deployments come in'
        }, p95`,
        unit: 'ms',
        waymark: value(({ reads }) => p95(reads[when][name])),
        ...targetOf(name),
      }),
    ),
  );
  return report({
    name: 'dora',
    method: `${filled.deployments} deployments, ${filled.changes} changes and ${
      filled.incidents
    } incidents of ${COMPONENTS} components over ${
      SIZE.days
    } days in PostgreSQL with ${SERVER.join(
      ', ',
    )}; facts by bulk SQL with a fixed seed, rows by the portal's own maker. Before each part all that waited is done, the tables are vacuumed and a checkpoint is made. Pages: the plugin in a process of its own asked over HTTP by somebody who sees everything, ${
      Object.values(asked.quiet)[0].length
    } times each in turn, after ten rounds that are not counted; once after one component was made anew, so that no answer is one that was kept, and once while 20 deployments a second with five changes each come in, of all components in turn. Ingest: signed deliveries of GitHub at a fixed rate over 16 connections, each timed from the moment at which it was due, after five seconds that are not counted. Load: observations of 40 repositories in three lanes, as the backfill has them, and then their facts, after eight repositories that are not counted. Peer: panels of Apache DevLake's own dashboard for PostgreSQL over the same facts in its tables, 180 days, 30 s each at most. Medians of ${runs} runs.`,
    rows: [
      ...pages,
      {
        what: 'company, 90 days, the first after a start',
        unit: 's',
        waymark: value(({ reads }) => reads.first['company, 90 days']),
      },
      {
        what: 'a deployment until its page counts it, longest of 5',
        unit: 's',
        waymark: value(({ reads }) => Math.max(...reads.shown.slice(1))),
        target: { below: 5 },
      },
      {
        what: 'memory after the first round of pages',
        unit: 'MiB',
        waymark: value(({ reads }) => reads.memory[1]),
      },
      {
        what: 'memory at the end',
        unit: 'MiB',
        waymark: value(({ reads }) => reads.memory.at(-1)!),
      },
      {
        what: `${value(
          ({ ingest }) => ingest.perSecond,
        )} webhooks a second until 202, p99`,
        unit: 'ms',
        waymark: value(({ ingest }) => ingest.p99),
        target: { below: 250 },
      },
      {
        what: 'all of them read, after the last',
        unit: 's',
        waymark: value(({ ingest }) => ingest.lag.deliveries ?? Infinity),
      },
      {
        what: 'their facts and rows made, after the last',
        unit: 's',
        waymark: value(({ ingest }) => ingest.lag.components ?? Infinity),
      },
      {
        what: '10,000 facts loaded as by a backfill',
        unit: 's',
        waymark: value(({ load }) => 10_000 / load.perSecond),
        target: { below: 1 },
      },
      ...(devlake?.panels ?? []).map(
        ({ name, seconds, ended }): Row => ({
          what: `DevLake: ${name}${ended ? '' : ' (no answer in that time)'}`,
          unit: 's',
          stock: seconds,
        }),
      ),
    ],
    runs: measured,
  });
};

async function measure(database: Database) {
  // What is written in bulk is not kept twice for long: it takes gigabytes.
  await database.query('waymark', `alter system set max_wal_size = '256MB'`);
  await database.query('waymark', 'select pg_reload_conf()');
  const run = (name: string) =>
    step(`delivery/${name}.ts`, {
      BENCH_DATABASE: JSON.stringify({
        ...database.connection,
        database: 'waymark',
      }),
      BENCH_SIZE: JSON.stringify(SIZE),
      ...(DEVLAKE && { BENCH_DEVLAKE: DEVLAKE }),
    });
  const filled = filledSchema.parse(await run('fill'));
  say(`facts filled in ${filled.seconds.toFixed(0)} s`);
  const rows = rowsSchema.parse(await run('rows'));
  say(
    `rows of ${rows.components} components made in ${rows.seconds.toFixed(
      0,
    )} s`,
  );
  await database.query('waymark', 'alter system reset max_wal_size');
  await database.query('waymark', 'select pg_reload_conf()');
  // Each part begins with a server that has nothing left to do of the one before.
  const rest = async () => {
    await database.query('waymark', 'vacuum analyze');
    await database.query('waymark', 'checkpoint');
  };
  await rest();
  const reads = readsSchema.parse(await run('reads'));
  for (const when of ['quiet', 'busy'] as const) {
    for (const [name, times] of Object.entries(reads[when])) {
      say(`${when}: ${name}: p95 ${Math.round(p95(times))} ms`);
    }
  }
  await rest();
  const ingest = ingestSchema.parse(await run('ingest'));
  say(`${ingest.perSecond} webhooks/s: p99 ${Math.round(ingest.p99)} ms`);
  await rest();
  const load = loadSchema.parse(await run('load'));
  say(`loaded ${Math.round(load.perSecond)} facts/s`);
  const devlake = DEVLAKE
    ? devlakeSchema.parse(await run('devlake'))
    : undefined;
  for (const { name, seconds } of devlake?.panels ?? []) {
    say(`DevLake: ${name}: ${seconds.toFixed(1)} s`);
  }
  return { filled, rows, reads, devlake, ingest, load };
}

function targetOf(page: string): Pick<Row, 'target'> {
  const below = BELOW[page.split(/[ ,]/)[0]];
  return below === undefined ? {} : { target: { below } };
}
