import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'yaml';
import { z } from 'zod';
import { Repositories } from './fleet/repositories';
import { Benchmark, say } from './lib/benchmark';
import { request, signIn, waitForAnswers } from './lib/http';
import { report } from './lib/report';
import { p95 } from './lib/stats';
import { waymark } from './lib/waymark';

/** Services with a repository, for the rollout. */
const FLEET = Number(process.env.BENCH_FLEET ?? 200);
/** Services with a repository that are upgraded one by one. */
const SINGLE = Number(process.env.BENCH_SINGLE ?? 20);
/** Components that only say which version made them. */
const DRIFTING = Number(process.env.BENCH_DRIFTING ?? 1000);
const READS = 20;
const PATIENCE_MS = 900_000;

const TEMPLATE = 'template:default/node-api';
const OWNER = 'group:default/checkout';
const FILE = 'templates/node-api/template.yaml';
const README = 'templates/node-api/skeleton/README.md.njk';
const TITLE = /^# .*\n/m;
const VERSION = /(backstage\.io\/template-version: )(\S+)/;
const PERSONA = 'user:default/jonas.lind';
const MODEL = 'bench-model';

const entitiesSchema = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      metadata: z.object({ namespace: z.string(), name: z.string() }),
    }),
  ),
});
const taskSchema = z.object({ id: z.string() });
const statusSchema = z.object({ status: z.string() });
const driftSchema = z.object({
  items: z.array(
    z.object({ entityRef: z.string(), version: z.string().nullable() }),
  ),
});
const rolloutSchema = z.object({
  rollout: z.object({
    id: z.string(),
    state: z.string(),
    waitsFor: z.string().nullable(),
    counts: z.record(z.string(), z.number()),
  }),
});

const nameOf = (index: number) => `bench-${String(index).padStart(5, '0')}`;
const refOf = (name: string) => `component:default/${name}`;

/** Drift, one upgrade, and the upgrade of a fleet. */
export const goldenPaths: Benchmark = async () => {
  await waymark.reset();
  say('Starting Waymark for the first time');
  await waymark.startFirst();
  const portal = waymark.start();
  await waitForAnswers(portal, waymark.page.ready);
  const ask = await asker();
  const repositories = new Repositories();

  const names = Array.from({ length: FLEET + SINGLE }, (_, at) => nameOf(at));
  await until('the docs of the sample company', () => hasDocs(ask), 2_000);
  await create(ask);
  const model = await repositories.clone(MODEL);
  say(`Making ${names.length} repositories`);
  for (const name of names) {
    await repositories.copy(model, name, [MODEL, name]);
  }
  const said = await until('the model', async () => {
    const { items } = await drift(ask, 'current');
    return items.find(({ entityRef }) => entityRef === refOf(MODEL))?.version;
  });
  await repositories.write('bench-many', 'catalog-info.yaml', manyOf(said));
  await until('all components', async () => {
    const { items } = await drift(ask, 'current');
    return items.length >= names.length + DRIFTING;
  });

  say('Three minutes of rest: the portal looks at what is new');
  await delay(180_000);
  const platform = await repositories.clone('platform');
  const begun = performance.now();
  await moveTemplate(repositories, platform);
  await until('the drift', async () => {
    const { items } = await drift(ask, 'behind');
    return items.length >= names.length + DRIFTING;
  });
  const drifted = (performance.now() - begun) / 1000;
  say(
    `${names.length + DRIFTING} services are behind: ${drifted.toFixed(1)} s`,
  );
  const reads = await repeat(READS, () => drift(ask, 'behind'));
  say(`GET /drift: p95 ${Math.round(1000 * p95(reads))} ms`);

  const single: number[] = [];
  for (const name of names.slice(FLEET)) {
    const [took] = await repeat(1, () =>
      ask('/upgrades', { entityRef: refOf(name) }),
    );
    single.push(took);
  }
  say(`one upgrade: p95 ${p95(single).toFixed(1)} s`);

  const fleet = names.slice(0, FLEET);
  const [took] = await repeat(1, () => rollOut(ask, fleet));
  say(`${FLEET} upgrades: ${took.toFixed(1)} s`);
  for (const name of fleet) {
    const pulls = await repositories.pulls(name);
    if (pulls !== 1) throw new Error(`${name} has ${pulls} pull requests`);
  }
  repositories.remove();
  await portal.stop();
  await waymark.reset();

  return report({
    name: 'golden-paths',
    method: `A portal as ./waymark start runs it, with its forge, once it has built the docs of the sample company. One service of the Node.js path is created, and its repository copied ${names.length} times, each under a name of its own; ${DRIFTING} components more say that the same version made them. Three minutes later, when the portal has looked at them, a newer version is pushed. Drift: from the push until the portal shows all of them as behind, with its webhook, the catalog and its rounds; and reading the first 1,000 of them, ${READS} times. One upgrade: POST /upgrades for ${SINGLE} services, one after the other, until the pull request is open. Fleet: a rollout to ${FLEET} services in batches of 50, from its start until the last pull request is open; then each repository has exactly one.`,
    rows: [
      {
        what: `drift of ${names.length + DRIFTING} services, after the push`,
        unit: 's',
        waymark: drifted,
        target: { below: 30 },
      },
      {
        what: 'GET /drift of 1,000 services, p95',
        unit: 'ms',
        waymark: 1000 * p95(reads),
      },
      {
        what: 'one upgrade, p95',
        unit: 's',
        waymark: p95(single),
        target: { below: 5 },
      },
      {
        what: `a fleet of ${FLEET}`,
        unit: 's',
        waymark: took,
        target: { below: 300 },
      },
    ],
    runs: { drifted, reads, single, took },
  });
};

type Ask = (path: string, body?: unknown) => Promise<unknown>;

/** Asks as the platform team; a token holds for less than all of this takes. */
async function asker(): Promise<Ask> {
  const headers = { 'x-waymark-persona': PERSONA };
  const enter = () =>
    signIn(`${waymark.url}/api/auth/persona/refresh`, headers);
  let [token, since] = [await enter(), Date.now()];
  return async (path, body) => {
    if (Date.now() - since > 600_000) {
      [token, since] = [await enter(), Date.now()];
    }
    const url = path.startsWith('/api/')
      ? `${waymark.url}${path}`
      : `${waymark.url}/api/golden-paths${path}`;
    return request(url, { token, ...(body !== undefined && { body }) });
  };
}

async function create(ask: Ask) {
  const tasks = '/api/scaffolder/v2/tasks';
  const values = {
    name: MODEL,
    description: 'To be copied many times',
    owner: OWNER,
  };
  const body = { templateRef: TEMPLATE, values };
  await until('the template', () =>
    ask('/api/catalog/entities/by-name/template/default/node-api').then(
      () => true,
      () => false,
    ),
  );
  const { id } = taskSchema.parse(await ask(tasks, body));
  await until(`task ${id}`, async () => {
    const { status } = statusSchema.parse(await ask(`${tasks}/${id}`));
    if (['failed', 'cancelled'].includes(status)) {
      throw new Error(`Task ${id}: ${status}`);
    }
    return status === 'completed';
  });
}

/** Whether they are all built, which goes on for a while after the start. */
async function hasDocs(ask: Ask): Promise<boolean> {
  const query =
    'limit=500&filter=metadata.annotations.backstage.io/techdocs-ref&fields=kind,metadata.namespace,metadata.name';
  const { items } = entitiesSchema.parse(
    await ask(`/api/catalog/entities/by-query?${query}`),
  );
  const built = items.map(({ kind, metadata: { namespace, name } }) =>
    ask(
      `/api/techdocs/metadata/techdocs/${namespace}/${kind.toLowerCase()}/${name}`,
    ).then(
      () => true,
      () => false,
    ),
  );
  return items.length > 0 && (await Promise.all(built)).every(Boolean);
}

async function drift(ask: Ask, standing: string) {
  const all: z.infer<typeof driftSchema>['items'] = [];
  for (;;) {
    const query = `templateRef=${TEMPLATE}&standing=${standing}&limit=1000&offset=${all.length}`;
    const { items } = driftSchema.parse(await ask(`/drift?${query}`));
    all.push(...items);
    if (items.length < 1000) return { items: all };
  }
}

/** Until the last pull request is open. */
async function rollOut(ask: Ask, fleet: readonly string[]) {
  const wanted = new Set(fleet.map(refOf));
  const { items } = await drift(ask, 'behind');
  const leaveOut = items
    .map(({ entityRef }) => entityRef)
    .filter(ref => !wanted.has(ref));
  const read = async (answer: Promise<unknown>) =>
    rolloutSchema.parse(await answer).rollout;
  const { id } = await read(
    ask('/rollouts', {
      templateRef: TEMPLATE,
      reason: 'To be measured',
      canary: refOf(fleet[0]),
      batchSize: 50,
      leaveOut,
    }),
  );
  const look = () => read(ask(`/rollouts/${id}`));
  await until(
    'the first one',
    async () => (await look()).waitsFor === 'canary',
  );
  await ask(`/rollouts/${id}/go-on`, {});
  await until(
    'the fleet',
    async () => {
      const { state, counts } = await look();
      if (state === 'waiting') throw new Error(JSON.stringify(counts));
      return state === 'done';
    },
    // About as often as its page.
    2_000,
  );
  const { counts } = await look();
  if (counts.failed > 0) throw new Error(JSON.stringify(counts));
}

/** The README says a line more, and the version is the next one. */
async function moveTemplate(repositories: Repositories, tree: string) {
  const write = (file: string, change: (text: string) => string) => {
    const path = join(tree, file);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
  };
  write(FILE, text =>
    text.replace(VERSION, (_, key, version) => {
      const next = version.replace(/\d+$/, (one: string) => `${+one + 1}`);
      return `${key}${next}`;
    }),
  );
  write(README, text =>
    text.replace(TITLE, title => `${title}\nThe golden path says more.\n`),
  );
  await repositories.push(tree, 'A newer version');
}

/** Components that say which version made them, in one file. */
function manyOf(version: string): string {
  return Array.from({ length: DRIFTING }, (_, at) =>
    stringify({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: `drifting-${at}`,
        annotations: {
          'waymark.dev/template': TEMPLATE,
          'backstage.io/template-version': version,
        },
      },
      spec: { type: 'service', lifecycle: 'production', owner: OWNER },
    }),
  ).join('---\n');
}

/** Seconds of each. */
async function repeat(times: number, work: () => Promise<unknown>) {
  const took: number[] = [];
  for (let time = 0; time < times; time++) {
    const begun = performance.now();
    await work();
    took.push((performance.now() - begun) / 1000);
  }
  return took;
}

/** What it answers at last, which is neither false nor nothing. */
async function until<T>(what: string, done: () => Promise<T>, everyMs = 250) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await done();
    if (answer) return answer as NonNullable<T>;
    if (Date.now() > deadline) throw new Error(`Still waiting for ${what}`);
    await delay(everyMs);
  }
}
