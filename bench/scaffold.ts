import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { Benchmark, say } from './lib/benchmark';
import { answers, request, waitForAnswers } from './lib/http';
import { ports, root } from './lib/paths';
import { startEmptyPostgres } from './lib/postgres';
import { report } from './lib/report';
import { median, p95 } from './lib/stats';
import { stockBuilt } from './lib/stock';
import { waymark } from './lib/waymark';

const ENGINE_RUNS = 20;
const PATIENCE_MS = 120_000;
/** Seconds. */
const TARGET = { below: 10 };

const taskSchema = z.object({ id: z.string() });
const statusSchema = z.object({ status: z.string() });
const laptopSchema = z.object({
  catalog: z.object({ locations: z.array(z.unknown()) }),
});

/** The template that only renders and logs: the engine, without a Git host. */
const engineTemplate = {
  type: 'file',
  target: join(root, 'bench/template/template.yaml'),
  rules: [{ allow: ['Template'] }],
};

interface Portal {
  url: string;
  token: string;
}

/** From the click on Create to the service in the catalog. */
export const scaffold: Benchmark = async ({ runs = 12 }) => {
  const database = await startEmptyPostgres('stock', ports.stock.postgres);
  const stock = stockBuilt.start(database.connection, {
    'catalog.locations': [engineTemplate],
  });
  await waitForAnswers(stock, stockBuilt.page.ready);
  const stockEngine = await engine({
    url: stockBuilt.url,
    token: await stockBuilt.signIn(),
  });
  await stock.stop();
  await database.stop();

  const own = waymark.start({
    'catalog.locations': [...laptopLocations(), engineTemplate],
  });
  await waitForAnswers(own, waymark.page.ready);
  const portal = { url: waymark.url, token: await waymark.signIn() };
  await waitForTemplate(portal, 'node-api');
  const created: { registeredMs: number; endedMs: number }[] = [];
  const batch = Date.now().toString(36);
  // The first one warms what a first click loads.
  for (let run = 0; run <= runs; run++) {
    const times = await createService(portal, `bench-${batch}-${run}`);
    say(
      `registered after ${(times.registeredMs / 1000).toFixed(
        1,
      )} s, done after ${(times.endedMs / 1000).toFixed(1)} s${
        run > 0 ? '' : ' (not counted)'
      }`,
    );
    if (run > 0) created.push(times);
  }
  const ownEngine = await engine(portal);
  await own.stop();

  const registered = created.map(({ registeredMs }) => registeredMs / 1000);
  const ended = created.map(({ endedMs }) => endedMs / 1000);
  return report({
    name: 'scaffold',
    method: `Create on the Node.js API golden path through the REST API, ${runs} times one after the other: from the request until the catalog answers with the new component, whose repository is on the forge by then, and until the task has ended well, with the environments made. Stock has no Git host to create on; beside it stands the engine alone: a task of fetch:template and debug:log, ${ENGINE_RUNS} times.`,
    rows: [
      {
        what: 'Create to registered, p50',
        unit: 's',
        waymark: median(registered),
      },
      {
        what: 'Create to registered, p95',
        unit: 's',
        waymark: p95(registered),
        target: TARGET,
      },
      { what: 'Create to all done, p50', unit: 's', waymark: median(ended) },
      { what: 'Create to all done, p95', unit: 's', waymark: p95(ended) },
      {
        what: 'fetch:template and debug:log, p50',
        unit: 'ms',
        waymark: median(ownEngine),
        stock: median(stockEngine),
      },
      {
        what: 'fetch:template and debug:log, p95',
        unit: 'ms',
        waymark: p95(ownEngine),
        stock: p95(stockEngine),
      },
    ],
    runs: { created, ownEngine, stockEngine },
  });
};

/** Milliseconds until the catalog has the service, and until all is done. */
async function createService(portal: Portal, name: string) {
  const begun = performance.now();
  const ended = runTask(portal, 'node-api', {
    name,
    description: 'Made by the scaffolder benchmark',
    owner: 'group:default/checkout',
  });
  const entity = `${portal.url}/api/catalog/entities/by-name/component/default/${name}`;
  const registered = until(`${name} in the catalog`, () =>
    answers(entity, portal.token),
  ).then(() => performance.now() - begun);
  await Promise.all([ended, registered]);
  return {
    registeredMs: await registered,
    endedMs: performance.now() - begun,
  };
}

async function engine(portal: Portal): Promise<number[]> {
  await waitForTemplate(portal, 'bench-engine');
  const times: number[] = [];
  for (let run = 0; run <= ENGINE_RUNS; run++) {
    const begun = performance.now();
    await runTask(portal, 'bench-engine', { name: `engine-${run}` });
    if (run > 0) times.push(performance.now() - begun);
  }
  return times;
}

/** @throws Error where the task does not end well */
async function runTask(
  { url, token }: Portal,
  template: string,
  values: Record<string, string>,
) {
  const tasks = `${url}/api/scaffolder/v2/tasks`;
  const { id } = taskSchema.parse(
    await request(tasks, {
      token,
      body: { templateRef: `template:default/${template}`, values },
    }),
  );
  await until(`task ${id}`, async () => {
    const task = await request(`${tasks}/${id}`, { token });
    const { status } = statusSchema.parse(task);
    if (['failed', 'cancelled'].includes(status)) {
      throw new Error(`Task ${id} of ${template}: ${status}`);
    }
    return status === 'completed';
  });
}

async function waitForTemplate({ url, token }: Portal, name: string) {
  const template = `${url}/api/catalog/entities/by-name/template/default/${name}`;
  await until(`template ${name}`, () => answers(template, token));
}

async function until(what: string, done: () => Promise<boolean>) {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error(`Still waiting for ${what}`);
    await delay(50);
  }
}

/** A list in the configuration is replaced as a whole, so it is repeated. */
function laptopLocations(): unknown[] {
  const file = readFileSync(join(root, 'app-config.laptop.yaml'), 'utf8');
  return laptopSchema.parse(parse(file)).catalog.locations;
}
