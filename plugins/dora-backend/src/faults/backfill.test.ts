import { deployment } from '../__testUtils__/github';
import {
  bulkService,
  componentOf,
  deployed,
  FACTS_OF_PUSH,
  repositoryOf,
} from './__testUtils__/bulk';
import { Happening, Live } from './__testUtils__/Live';
import { Replica } from './__testUtils__/Replica';
import { PRICING } from './__testUtils__/story';
import { World } from './__testUtils__/World';

/** A million in a full run. */
const FACTS = Number(
  process.env.FAULTS_FACTS ?? (process.env.FAULTS_FULL ? 1_000_000 : 4_800),
);
const PUSHES = Math.min(800, Math.ceil(FACTS / FACTS_OF_PUSH / 4));
const REPOSITORIES = Math.ceil(FACTS / FACTS_OF_PUSH / PUSHES);
/** On two cores that serve, too, a thousand facts take less. */
const SECONDS = 120 + FACTS / 400;
/** Until what happens meanwhile is counted, p99; held to in a full run only. */
const MOST_SECONDS = process.env.FAULTS_FULL ? 5 : Infinity;
/** What a replica grows by, whatever the length of histories. */
const MOST_MIB = 600;

jest.setTimeout(4 * SECONDS * 1_000);

/** By turns of a quiet service, and of one whose history is fetched. */
function happens(i: number): Happening {
  const minutes = 2 * 24 * 60 + i;
  if (i % 2 === 0) {
    const told = deployment(minutes, i, 100_000 + i, 'success');
    return {
      entityRef: 'component:default/pricing',
      tell: replica => replica.deliver(told, `live-${i}`),
    };
  }
  const n = ((i - 1) / 2) % REPOSITORIES;
  return {
    entityRef: componentOf(n),
    tell: replica =>
      replica.observe([
        deployed(repositoryOf(n), `live-${i}`, minutes, 100_000 + i),
      ]),
  };
}

describe('a history that two replicas fetch', () => {
  let world: World;
  let replicas: Replica[];

  const fetched = () =>
    world.until(
      'all is fetched',
      async () => {
        const states: { state: string }[] = await world
          .knex('backfills')
          .where({ source: 'toy' })
          .select('state');
        return (
          states.length === REPOSITORIES &&
          states.every(({ state }) => state === 'done')
        );
      },
      SECONDS,
    );
  const counted = async () => {
    const [{ added, told }] = await world
      .knex('backfills')
      .where({ source: 'toy' })
      .sum({ added: 'added', told: 'fetched' });
    return { added: Number(added), told: Number(told) };
  };
  const facts = async () =>
    (await world.count('changes')) + (await world.count('deployments'));

  beforeAll(async () => {
    world = await World.make();
    const services = Array.from({ length: REPOSITORIES }, (_, n) =>
      bulkService(n),
    );
    const options = { entities: [PRICING, ...services], pushes: PUSHES };
    replicas = [await world.replica(options), await world.replica(options)];
    for (const replica of replicas) replica.launch();
    await Promise.all(replicas.map(replica => replica.ready()));
    await world.until('it has begun', () => world.count('backfills'));
  });
  afterAll(() => world?.end());

  it('holds up nothing that happens meanwhile, takes bounded memory, and adds nothing again', async () => {
    const before = replicas.map(replica => replica.peakMiB());
    const begun = performance.now();
    const live = new Live(replicas, happens);
    await fetched();
    await world.settled(SECONDS);
    const seconds = (performance.now() - begun) / 1_000;
    await live.end();
    await world.settled(SECONDS);
    const grown = replicas.map((one, i) => one.peakMiB() - before[i]);
    const inAll = REPOSITORIES * PUSHES * FACTS_OF_PUSH;
    process.stderr.write(
      `${inAll} facts in ${seconds.toFixed()} s; ${
        live.seconds.length
      } deployments meanwhile, p50 ${live.at(0.5).toFixed(1)} s, p99 ${live
        .at(0.99)
        .toFixed(1)} s; memory +${grown.map(Math.round).join(' and +')} MiB\n`,
    );

    expect(live.refused).toEqual([]);
    expect(live.seconds).not.toEqual([]);
    expect(live.at(0.99)).toBeLessThan(MOST_SECONDS);
    expect(Math.max(...grown)).toBeLessThan(MOST_MIB);
    expect(await facts()).toBe(inAll + live.seconds.length);
    const all = 2 * REPOSITORIES * PUSHES;
    expect(await counted()).toEqual({ added: all, told: all });

    const made = await world.digest();
    expect((await replicas[0].post('/backfill')).status).toBe(202);
    await fetched();
    await world.settled(SECONDS);
    expect(await counted()).toEqual({ added: 0, told: all });
    expect(await world.digest()).toEqual(made);

    expect((await replicas[1].post('/rebuild')).status).toBe(202);
    await world.settled(SECONDS);
    expect(await world.digest()).toEqual(made);
  });
});
