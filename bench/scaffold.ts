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
/** Seconds: all of Create but what the Git host's client waits for. */
const RENDERING_TARGET = { below: 2 };

const taskSchema = z.object({ id: z.string() });
const statusSchema = z.object({ status: z.string() });
const allSchema = z.object({
  spec: z.object({ targets: z.array(z.string()) }),
});
const matrixSchema = z.object({
  accept: z
    .array(z.object({ inputs: z.record(z.string(), z.unknown()) }))
    .min(1),
});
const laptopSchema = z.object({
  catalog: z.object({ locations: z.array(z.unknown()) }),
});

/** The template that only renders and logs: the engine, without a Git host. */
const engineTemplate = {
  type: 'file',
  target: join(root, 'bench/template/template.yaml'),
  rules: [{ allow: ['Template'] }],
};

type Values = Record<string, unknown>;

interface Portal {
  url: string;
  token: string;
}

/** From the click on Create to the service in the catalog. */
export const scaffold: Benchmark = async ({ runs = 8 }) => {
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
  const paths: Record<string, PathTimes> = {};
  for (const path of goldenPaths()) {
    paths[path] = await measurePath(portal, path, runs);
  }
  const ownEngine = await engine(portal);
  await own.stop();

  return report({
    name: 'scaffold',
    method: `Create on each golden path through the REST API, with the first answers of its tests, ${runs} times one after the other: from the request until the catalog answers with the new component, whose repository is on the forge by then, and until the task has ended well, with the environments made. Between its requests GitHub's client waits a second for each write, and each environment two. Rendering alone is the preview of the same answers. Stock has no Git host to create on; beside it stands the engine alone: a task of fetch:template and debug:log, ${ENGINE_RUNS} times.`,
    rows: [
      ...Object.entries(paths).flatMap(([path, times]) => [
        {
          what: `${path}: Create to registered, p50`,
          unit: 's' as const,
          waymark: median(times.registered),
        },
        {
          what: `${path}: Create to registered, p95`,
          unit: 's' as const,
          waymark: p95(times.registered),
          target: TARGET,
        },
        {
          what: `${path}: Create to all done, p50`,
          unit: 's' as const,
          waymark: median(times.ended),
        },
        {
          what: `${path}: rendering alone, p95`,
          unit: 's' as const,
          waymark: p95(times.rendered),
          target: RENDERING_TARGET,
        },
      ]),
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
    runs: { paths, ownEngine, stockEngine },
  });
};

/** Seconds, one per run. */
interface PathTimes {
  registered: number[];
  ended: number[];
  rendered: number[];
}

/** The golden paths that the checkout offers, by name. */
function goldenPaths(): string[] {
  const file = readFileSync(join(root, 'templates/all.yaml'), 'utf8');
  return allSchema
    .parse(parse(file))
    .spec.targets.map(target => target.replace(/^\.\/|\/template\.yaml$/g, ''));
}

async function measurePath(
  portal: Portal,
  path: string,
  runs: number,
): Promise<PathTimes> {
  await waitForTemplate(portal, path);
  const file = readFileSync(
    join(root, 'templates', path, 'tests/matrix.yaml'),
    'utf8',
  );
  const [{ inputs }] = matrixSchema.parse(parse(file)).accept;
  const times: PathTimes = { registered: [], ended: [], rendered: [] };
  const batch = Date.now().toString(36);
  // The first one warms what a first click loads.
  for (let run = 0; run <= runs; run++) {
    const values = { ...inputs, name: `bench-${batch}-${run}` };
    const rendered = await preview(portal, path, values);
    const { registered, ended } = await create(portal, path, values);
    say(
      `${path}: rendered in ${rendered.toFixed(
        2,
      )} s, registered after ${registered.toFixed(
        1,
      )} s, done after ${ended.toFixed(1)} s${run > 0 ? '' : ' (not counted)'}`,
    );
    if (run === 0) continue;
    times.rendered.push(rendered);
    times.registered.push(registered);
    times.ended.push(ended);
  }
  return times;
}

/** Seconds until the files that Create would make are shown. */
async function preview({ url, token }: Portal, path: string, values: Values) {
  const begun = performance.now();
  await request(`${url}/api/golden-paths/preview`, {
    token,
    body: { templateRef: `template:default/${path}`, values },
  });
  return (performance.now() - begun) / 1000;
}

/** Seconds until the catalog has the component, and until all is done. */
async function create(
  portal: Portal,
  path: string,
  values: Values & { name: string },
) {
  const begun = performance.now();
  const since = () => (performance.now() - begun) / 1000;
  const ended = runTask(portal, path, values).then(since);
  const entity = `${portal.url}/api/catalog/entities/by-name/component/default/${values.name}`;
  const registered = until(`${values.name} in the catalog`, () =>
    answers(entity, portal.token),
  ).then(since);
  return { registered: await registered, ended: await ended };
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
  values: Values,
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

/**
 * A list in the configuration is replaced as a whole, so it is repeated; what
 * replaces it comes by a variable, in which no other variable is put in.
 */
function laptopLocations(): unknown[] {
  const file = readFileSync(
    join(root, 'app-config.laptop.yaml'),
    'utf8',
  ).replaceAll('${WAYMARK_FORGE_PORT}', String(ports.waymark.forge));
  return laptopSchema.parse(parse(file)).catalog.locations;
}
