import { setTimeout as delay } from 'node:timers/promises';
import { Knex } from 'knex';
import { runStep } from '../lib/step';
import { Backend } from './backend';
import { openDora, SIZE, timed } from './database';
import { untilNothingWaits } from './waiting';

const WARM = 10;
const TIMES = Number(process.env.BENCH_TIMES ?? 60);
/** Deployments a second that come in while pages are asked for. */
const PER_SECOND = 20;
const COMPONENT = 'c00001';
const DAY = 86_400_000;

/** Asks for what the pages of delivery show, while deployments come in. */
runStep(async () => {
  const knex = await openDora();
  const backend = await Backend.start([COMPONENT]);
  await untilNothingWaits(knex);
  const pages = pagesOf();
  const memory = [await backend.resident()];
  const first: Record<string, number> = {};
  for (const [name, path] of Object.entries(pages)) {
    first[name] = await timed(() => backend.ask(path));
  }
  memory.push(await backend.resident());
  const values = await valuesOf(backend, pages['company, 180 days']);

  const quiet = await measure(backend, pages, memory, async () => {
    // What nobody changed is answered again as it was: that says little.
    await knex('row_work')
      .where({ id: `component:default/${COMPONENT}` })
      .update({ made: knex.raw('made + 1') });
  });
  const stream = new Stream(knex);
  const busy = await measure(backend, pages, memory, () => delay(50));
  const shown = await stream.untilShown(backend);
  await stream.stop();
  // What is measured next has nothing of this to do.
  await untilNothingWaits(knex);
  await backend.stop();
  await knex.destroy();
  return {
    pages,
    first,
    values,
    quiet,
    busy,
    shown,
    made: stream.made,
    memory,
  };
});

function pagesOf(): Record<string, string> {
  const to = new Date(Date.now() + DAY).toISOString().slice(0, 10);
  const window = (days: number) => {
    const from = new Date(Date.parse(to) - days * DAY)
      .toISOString()
      .slice(0, 10);
    return `from=${from}&to=${to}&timeZone=UTC`;
  };
  return {
    'company, 90 days': `/metrics?${window(90)}`,
    'company, 180 days': `/metrics?${window(180)}`,
    'teams and cohorts, 90 days': `/cohorts?by=owner&${window(90)}`,
    'a team, 90 days': `/metrics?owner=group:default/team-1&${window(90)}`,
    'entity tab, 90 days': `/metrics?entityRef=component:default/${COMPONENT}&${window(
      90,
    )}`,
    'entity tab, 180 days': `/metrics?entityRef=component:default/${COMPONENT}&${window(
      180,
    )}`,
  };
}

/** What others are compared with. */
async function valuesOf(backend: Backend, path: string) {
  const { metrics } = (await backend.ask(path)) as {
    metrics: Record<string, { value?: number; n: number }>;
  };
  return Object.fromEntries(
    Object.entries(metrics).map(([name, { value, n }]) => [name, { value, n }]),
  );
}

/** In milliseconds, page by page; each page is asked for in turn. */
async function measure(
  backend: Backend,
  pages: Record<string, string>,
  memory: number[],
  between: () => Promise<unknown>,
): Promise<Record<string, number[]>> {
  const times: Record<string, number[]> = {};
  for (let time = -WARM; time < TIMES; time++) {
    for (const [name, path] of Object.entries(pages)) {
      await between();
      const seconds = await timed(() => backend.ask(path));
      if (time >= 0) (times[name] ??= []).push(seconds * 1000);
    }
    if ((time + WARM) % 10 === 0) memory.push(await backend.resident());
  }
  return times;
}

/** Deployments, each with five changes, of one component after the other. */
class Stream {
  made = 0;
  private readonly timer: NodeJS.Timeout;
  private under = Promise.resolve();

  constructor(private readonly knex: Knex) {
    this.timer = setInterval(() => {
      this.under = this.under.then(() => this.deploy());
    }, 1000 / PER_SECOND);
  }

  /** Seconds from a deployment until the company page counts it, one by one. */
  async untilShown(backend: Backend): Promise<number[]> {
    clearInterval(this.timer);
    await this.under;
    const path = pagesOf()['entity tab, 90 days'];
    const count = async () => {
      const { metrics } = (await backend.ask(path)) as {
        metrics: { changeFailRate: { n: number } };
      };
      return metrics.changeFailRate.n;
    };
    const seconds = [];
    for (let time = 0; time < 5; time++) {
      const before = await count();
      seconds.push(
        await timed(async () => {
          await this.deploy(1);
          while ((await count()) === before) await delay(20);
        }),
      );
      await delay(1_000);
    }
    return seconds;
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.under;
  }

  private async deploy(of?: number): Promise<void> {
    const n = this.made;
    this.made += 1;
    const number = of ?? 1 + ((n * 7919) % SIZE.components);
    const name = `c${String(number).padStart(5, '0')}`;
    const entityRef = `component:default/${name}`;
    const unit = `git.example.com/bench/${name}`;
    const common = { unit, entity_ref: entityRef, source: 'github' };
    const own = `live-${process.pid}`;
    const at = new Date();
    const before = (minutes: number) =>
      new Date(at.getTime() - minutes * 60_000);
    await this.knex.transaction(async trx => {
      await trx('deployments').insert({
        ...common,
        id: `${own}-${n}`,
        external_id: `${own}-${n}`,
        environment: 'production',
        production: true,
        sha: String(n).padStart(40, 'f'),
        started_at: before(5),
        finished_at: at,
        result: 'success',
        original_result: 'success',
        kind: 'planned',
      });
      await trx('changes').insert(
        Array.from({ length: 5 }, (_, i) => ({
          ...common,
          id: `${own}-${n}-${i}`,
          external_id: `${own}-${n}-${i}`,
          repository: unit,
          title: 'A change',
          author: 'dev',
          bot: i === 0,
          first_commit_at: before(600 + i),
          ready_at: before(300 + i),
          merged_at: before(30 + i),
          merge_sha: `${n}${i}`.padStart(40, 'e'),
          paths_known: true,
          deployment_id: `${own}-${n}`,
          deployed_at: at,
        })),
      );
    });
  }
}
