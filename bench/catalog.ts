import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { Benchmark, say } from './lib/benchmark';
import { generateCatalog, generatedKinds } from './lib/generateCatalog';
import { request, waitForAnswers } from './lib/http';
import { peakMemory } from './lib/memory';
import { ports } from './lib/paths';
import { Connection, Database, startEmptyPostgres } from './lib/postgres';
import { Running } from './lib/processes';
import { report } from './lib/report';
import { median, p95 } from './lib/stats';
import { stockBuilt } from './lib/stock';
import { waymark } from './lib/waymark';

const COMPONENTS = Number(process.env.BENCH_COMPONENTS ?? 20_000);
const CLIENTS = 10;
const PATIENCE_MS = 900_000;

/** What the catalog page asks when it is opened, filtered and searched. */
const CALLS = [
  'entity-facets?facet=kind',
  'entity-facets?facet=relations.ownedBy',
  'entity-facets?facet=spec.type&filter=kind%3Dcomponent',
  'entity-facets?facet=spec.lifecycle&filter=kind%3Dcomponent',
  'entity-facets?facet=metadata.tags&filter=kind%3Dcomponent',
  'entity-facets?facet=metadata.namespace&filter=kind%3Dcomponent',
  'entities/by-query?limit=0&orderField=metadata.name%2Casc&filter=kind%3Dcomponent',
  'entities/by-query?limit=20&orderField=metadata.name%2Casc&filter=kind%3Dcomponent&totalItems=exclude',
  'entities/by-query?limit=20&orderField=metadata.name%2Casc&filter=kind%3Dcomponent%2Crelations.ownedBy%3Dgroup%3Adefault%2Fteam-0',
  'entities/by-query?limit=20&orderField=metadata.name%2Casc&filter=kind%3Dcomponent%2Cspec.type%3Dservice%2Cmetadata.tags%3Dtag-4',
];

interface Portal {
  name: 'waymark' | 'stock';
  url: string;
  port: number;
  /** Database and table of what is ready to be served. */
  database: string;
  table: string;
  ready: string[];
  start(database: Connection, catalog: string): Running;
  signIn(): Promise<string>;
}

const portals: Portal[] = [
  {
    name: 'waymark',
    url: waymark.url,
    port: ports.waymark.postgres,
    database: 'waymark',
    table: 'catalog.final_entities',
    ready: waymark.page.ready,
    start: waymark.startBackend,
    signIn: waymark.signIn,
  },
  {
    name: 'stock',
    url: stockBuilt.url,
    port: ports.stock.postgres,
    database: 'backstage_plugin_catalog',
    table: 'final_entities',
    ready: stockBuilt.page.ready,
    start: (database, catalog) =>
      stockBuilt.start(database, {
        'catalog.locations': [
          { type: 'file', target: catalog, rules: [{ allow: generatedKinds }] },
        ],
      }),
    signIn: stockBuilt.signIn,
  },
];

interface Measured {
  ingestS: number;
  peakMiB: number;
  oneClientMs: number[];
  manyClientsMs: number[];
  /** Median of each call, one client, in milliseconds. */
  calls: Record<string, number>;
}

/** A large catalog: read it, then ask it what the catalog page asks. */
export const catalog: Benchmark = async ({ runs = 2 }) => {
  const file = generateCatalog(COMPONENTS);
  const measured = { waymark: [] as Measured[], stock: [] as Measured[] };
  for (let run = 0; run < runs; run++) {
    for (const portal of portals) {
      const value = await measure(portal, file);
      say(
        `${portal.name}: ${value.ingestS.toFixed(1)} s, p95 ${p95(
          value.oneClientMs,
        ).toFixed(0)} ms, ${CLIENTS} clients ${p95(value.manyClientsMs).toFixed(
          0,
        )} ms`,
      );
      measured[portal.name].push(value);
    }
  }
  const both = (pick: (value: Measured) => number) => ({
    waymark: median(measured.waymark.map(pick)),
    stock: median(measured.stock.map(pick)),
  });
  return report({
    name: 'catalog',
    method: `${COMPONENTS} generated components into an empty PostgreSQL, by turns, ${runs} times each: seconds from the start of the backend until all can be served, and the backend's largest resident set until then. After an ANALYZE of both databases, the ${CALLS.length} calls of the catalog page: ten times over by one client, then five times over by each of ${CLIENTS} clients at once. Medians of the runs.`,
    rows: [
      {
        what: `${COMPONENTS} components ingested`,
        unit: 's',
        ...both(value => value.ingestS),
        target: { timesStock: 1 },
      },
      { what: 'peak memory', unit: 'MiB', ...both(value => value.peakMiB) },
      {
        what: 'catalog page calls, p95',
        unit: 'ms',
        ...both(value => p95(value.oneClientMs)),
        target: { timesStock: 1 },
      },
      {
        what: `catalog page calls, ${CLIENTS} clients, p95`,
        unit: 'ms',
        ...both(value => p95(value.manyClientsMs)),
        target: { timesStock: 1 },
      },
    ],
    runs: measured,
  });
};

async function measure(portal: Portal, file: string): Promise<Measured> {
  const database = await startEmptyPostgres(portal.name, portal.port);
  const begun = performance.now();
  const backend = portal.start(database.connection, file);
  await waitForAnswers(backend, portal.ready);
  await waitForComponents(portal, database, backend);
  const ingestS = (performance.now() - begun) / 1000;
  const peakMiB = peakMemory(backend.pid);

  await database.query(portal.database, 'ANALYZE');
  const token = await portal.signIn();
  const ask = (call: string) =>
    timed(`${portal.url}/api/catalog/${call}`, token);
  for (const call of CALLS) await ask(call);
  const byCall: Record<string, number[]> = {};
  for (let round = 0; round < 10; round++) {
    for (const call of CALLS) (byCall[call] ??= []).push(await ask(call));
  }
  const manyClientsMs = await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      const times: number[] = [];
      for (let index = 0; index < 5 * CALLS.length; index++) {
        // Each client begins at another call.
        times.push(await ask(CALLS[(client + index) % CALLS.length]));
      }
      return times;
    }),
  );
  await backend.stop();
  await database.stop();
  return {
    ingestS,
    peakMiB,
    oneClientMs: Object.values(byCall).flat(),
    manyClientsMs: manyClientsMs.flat(),
    calls: Object.fromEntries(
      Object.entries(byCall).map(([call, times]) => [call, median(times)]),
    ),
  };
}

async function waitForComponents(
  portal: Portal,
  database: Database,
  backend: Running,
) {
  const countSchema = z.tuple([z.object({ count: z.coerce.number() })]);
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const rows = await database.query(
      portal.database,
      `SELECT count(*) FROM ${portal.table} WHERE final_entity IS NOT NULL AND entity_ref LIKE 'component:%'`,
    );
    const [{ count }] = countSchema.parse(rows);
    if (count === COMPONENTS) return;
    backend.assertAlive();
    if (Date.now() > deadline) {
      throw new Error(
        `${portal.name} has ${count} of ${COMPONENTS} components`,
      );
    }
    await delay(250);
  }
}

async function timed(url: string, token: string): Promise<number> {
  const begun = performance.now();
  await request(url, { token });
  return performance.now() - begun;
}
