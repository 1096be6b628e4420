import { ConfigReader } from '@backstage/config';
import { Observation } from '@waymark/backstage-plugin-dora-node';
import { Knex } from 'knex';
import { Pace } from '../../plugins/dora-backend/src/claims/pace';
import { DatabaseComponentStore } from '../../plugins/dora-backend/src/components/ComponentStore';
import { readConfig } from '../../plugins/dora-backend/src/config';
import { redoable } from '../../plugins/dora-backend/src/database/redoable';
import { DatabaseFactStore } from '../../plugins/dora-backend/src/facts/FactStore';
import { Folder } from '../../plugins/dora-backend/src/facts/Folder';
import { DatabaseUnitStore } from '../../plugins/dora-backend/src/facts/UnitStore';
import { DatabaseObservationStore } from '../../plugins/dora-backend/src/ingest/ObservationStore';
import { runStep } from '../lib/step';
import { openDora, timed } from './database';

const REPOSITORIES = Number(process.env.BENCH_REPOSITORIES ?? 40);
/** Loaded before the others, since a backend has been running for a while. */
const WARM = 8;
const DEPLOYMENTS = 200;
const EACH = 5;
const BATCH = 1_000;
/** As the portal has them. */
const LANES = 3;

/** Loads histories as a backfill does, from observations until facts are stored. */
runStep(async () => {
  const knex = await openDora();
  const units = new DatabaseUnitStore(knex);
  const observations = new DatabaseObservationStore(knex);
  const components = new DatabaseComponentStore(knex);
  const facts = new DatabaseFactStore();
  const { facts: settings } = readConfig(new ConfigReader({}));
  const folder = new Folder(
    { knex, components, facts, observations, units },
    settings,
    new Pace(),
  );
  const load = async (names: readonly string[]) => {
    await knex('components')
      .insert(
        names.map(name => ({
          entity_ref: `component:default/${name}`,
          unit: unitOf(name),
          repository: unitOf(name),
          path: '',
          services: [],
        })),
      )
      .onConflict('entity_ref')
      .ignore();
    const told = names.map(name => historyOf(unitOf(name)));
    const adding = await timed(async () => {
      await inLanes(told, async history => {
        for (let i = 0; i < history.length; i += BATCH) {
          const said = history
            .slice(i, i + BATCH)
            .map(observation => ({ inboxId: '0', observation }));
          await redoable(knex, trx => observations.add(trx, said));
        }
      });
    });
    const folding = await timed(() =>
      inLanes(names, async () => {
        await folder.do(await units.claims.take(`bench ${process.pid}`, 1));
      }),
    );
    return { observations: told.flat().length, adding, folding };
  };
  const names = Array.from(
    { length: WARM + REPOSITORIES },
    (_, n) => `load-${n}`,
  );
  await load(names.slice(0, WARM));
  const before = await factsOf(knex);
  const took = await load(names.slice(WARM));
  const made = (await factsOf(knex)) - before;
  await knex.destroy();
  return {
    ...took,
    facts: made,
    perSecond: made / (took.adding + took.folding),
  };
});

const unitOf = (name: string) => `git.example.com/bench/${name}`;

async function inLanes<T>(
  all: readonly T[],
  work: (one: T) => Promise<void>,
): Promise<void> {
  const left = [...all];
  const lane = async () => {
    for (let one = left.shift(); one; one = left.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function factsOf(knex: Knex): Promise<number> {
  const counts = await Promise.all(
    ['deployments', 'changes'].map(table =>
      knex(table).where('unit', 'like', unitOf('load-%')).count().first(),
    ),
  );
  return counts.reduce((sum, row) => sum + Number(row!.count), 0);
}

/** Pull requests, each pushed by itself, and a deployment after every few of them. */
function historyOf(repository: string): Observation[] {
  const sha = (n: number) => n.toString(16).padStart(40, 'a');
  const start = Date.now() - 180 * 86_400_000;
  const at = (n: number) => new Date(start + n * 600_000).toISOString();
  return Array.from({ length: DEPLOYMENTS * EACH }, (_, n): Observation[] => [
    {
      kind: 'push',
      source: 'github',
      repository,
      ref: 'refs/heads/main',
      ...(n > 0 && { before: sha(n) }),
      after: sha(n + 1),
      forced: false,
      at: at(n),
      defaultBranch: 'main',
      commits: [
        {
          sha: sha(n + 1),
          at: at(n - 10),
          title: `Change ${n}`,
          author: 'dev',
          authorIsBot: false,
          paths: ['src/a.ts'],
        },
      ],
    },
    {
      kind: 'pull-request',
      source: 'github',
      repository,
      number: n + 1,
      url: `https://${repository}/pull/${n + 1}`,
      title: `Change ${n}`,
      author: 'dev',
      authorIsBot: false,
      baseRef: 'main',
      headRef: `change-${n}`,
      headSha: sha(n + 1),
      state: 'merged',
      createdAt: at(n - 5),
      mergedAt: at(n),
      mergeSha: sha(n + 1),
      labels: [],
      at: at(n),
    },
    ...(n % EACH === EACH - 1
      ? [
          {
            kind: 'deployment' as const,
            source: 'github',
            externalId: `${repository}:${n}`,
            repository,
            environment: 'production',
            sha: sha(n + 1),
            ref: 'main',
            at: at(n + 0.5),
            status: 'success' as const,
            originalStatus: 'success',
            task: 'deploy',
            byBot: true,
          },
        ]
      : []),
  ]).flat();
}
