import { z } from 'zod';
import { Benchmark, say } from './lib/benchmark';
import { ports } from './lib/paths';
import { Connection, startEmptyPostgres } from './lib/postgres';
import { report } from './lib/report';
import { median, p95 } from './lib/stats';
import { step } from './lib/step';

const COMPONENTS = Number(process.env.BENCH_COMPONENTS ?? 10_000);

const filledSchema = z.object({
  repositories: z.number(),
  factsMiB: z.number(),
});
const spentSchema = z.object({ seconds: z.number(), cpuSeconds: z.number() });
const evaluatedSchema = z.object({
  rules: z.number(),
  first: spentSchema,
  again: spentSchema,
  idleMiB: z.number(),
  peakMiB: z.number(),
  outcomes: z.record(z.string(), z.number()),
});

const pagesSchema = z.object({
  days: z.number(),
  pages: z.array(z.object({ path: z.string(), measured: z.array(z.number()) })),
});
const pushesSchema = z.object({ measured: z.array(z.number()) });

/** What was measured over one database. */
interface Measured {
  evaluated: z.infer<typeof evaluatedSchema>;
  pages: z.infer<typeof pagesSchema>;
  pushes: z.infer<typeof pushesSchema>;
}

/** All rules about all components, by what is known of them in the database. */
export const compliance: Benchmark = async ({ runs = 3 }) => {
  const measured: Measured[] = [];
  let filled: z.infer<typeof filledSchema> | undefined;
  for (let run = 0; run < runs; run++) {
    const database = await startEmptyPostgres(
      'compliance',
      ports.waymark.postgres,
    );
    filled = filledSchema.parse(await stepOf('fill', database.connection));
    await database.query('waymark', 'VACUUM ANALYZE');
    const value = evaluatedSchema.parse(
      await stepOf('evaluate', database.connection),
    );
    say(
      `${COMPONENTS} components x ${
        value.rules
      } rules: ${value.first.seconds.toFixed(
        1,
      )} s, again ${value.again.seconds.toFixed(1)} s, ${Math.round(
        value.peakMiB - value.idleMiB,
      )} MiB above idle (${JSON.stringify(value.outcomes)})`,
    );
    const pages = pagesSchema.parse(await stepOf('pages', database.connection));
    for (const { path, measured: times } of pages.pages) {
      say(`${path}: p95 ${Math.round(p95(times))} ms`);
    }
    const pushes = pushesSchema.parse(
      await stepOf('push', database.connection),
    );
    say(`after a push: p95 ${Math.round(p95(pushes.measured))} ms`);
    measured.push({ evaluated: value, pages, pushes });
    await database.stop();
  }
  const value = (pick: (one: Measured) => number) => median(measured.map(pick));
  const [{ evaluated: first, pages: asked, pushes: pushed }] = measured;
  return report({
    name: 'compliance',
    method: `${COMPONENTS} components with facts of ${
      filled?.repositories
    } repositories that the golden paths make, each under a name of its own and every third without its runbook, ${filled?.factsMiB.toFixed(
      0,
    )} MiB of facts in PostgreSQL, all ${
      first.rules
    } rules, by the store, the worker and the engine of the portal in a process of their own: all for the first time, then all again as after a change of the rules. Memory is the process's largest resident set less what it had before the first component. Pages: each asked for ${
      asked.pages[0].measured.length
    } times over HTTP, one after the other, by somebody who sees everything, with ${
      asked.days
    } days of history; the catalog is in memory. Push: one service of node-api in the forge, its runbook removed and written again ${
      pushed.measured.length
    } times, from the event until the verdict is in the database, chart rendered anew. Medians of ${runs} runs.`,
    rows: [
      {
        what: `${COMPONENTS} components, for the first time`,
        unit: 's',
        waymark: value(({ evaluated }) => evaluated.first.seconds),
        target: { below: 60 },
      },
      {
        what: `${COMPONENTS} components, again`,
        unit: 's',
        waymark: value(({ evaluated }) => evaluated.again.seconds),
        target: { below: 60 },
      },
      {
        what: 'memory above idle',
        unit: 'MiB',
        waymark: value(
          ({ evaluated }) => evaluated.peakMiB - evaluated.idleMiB,
        ),
        target: { below: 500 },
      },
      ...asked.pages.map(({ path }, index) => ({
        what: `GET ${path}, p95`,
        unit: 'ms' as const,
        waymark: value(({ pages }) => p95(pages.pages[index].measured)),
        target: { below: 150 },
      })),
      {
        what: 'one service after a push, p95',
        unit: 'ms',
        waymark: value(({ pushes }) => p95(pushes.measured)),
        target: { below: 2_000 },
      },
    ],
    runs: measured,
  });
};

function stepOf(
  name: 'fill' | 'evaluate' | 'pages' | 'push',
  connection: Connection,
): Promise<unknown> {
  return step(`evaluation/${name}.ts`, {
    BENCH_DATABASE: JSON.stringify({ ...connection, database: 'waymark' }),
    BENCH_COMPONENTS: String(COMPONENTS),
  });
}
