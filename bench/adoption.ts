import { z } from 'zod';
import { Benchmark, say } from './lib/benchmark';
import { ports } from './lib/paths';
import { startEmptyPostgres } from './lib/postgres';
import { report, Row } from './lib/report';
import { median, p95 } from './lib/stats';
import { step } from './lib/step';

const SERVICES = Number(process.env.BENCH_SERVICES ?? 20_000);
/** Pages of adoption are there in less, in milliseconds. */
const BELOW = 150;

const timesSchema = z.record(z.string(), z.array(z.number()));
const resultSchema = z.object({
  services: z.number(),
  creations: z.number(),
  times: z.number(),
  quiet: timesSchema,
  changed: timesSchema,
  memory: z.number(),
});

/** Pages of golden paths in a large company. */
export const adoption: Benchmark = async ({ runs = 1 }) => {
  const measured: z.infer<typeof resultSchema>[] = [];
  for (let run = 0; run < runs; run++) {
    const database = await startEmptyPostgres(
      'adoption',
      ports.waymark.postgres,
    );
    const result = await step('adoption/reads.ts', {
      BENCH_DATABASE: JSON.stringify({
        ...database.connection,
        database: 'waymark',
      }),
      BENCH_SERVICES: String(SERVICES),
    });
    measured.push(resultSchema.parse(result));
    await database.stop();
  }
  const [{ services, creations, times, quiet }] = measured;
  const rows = (['quiet', 'changed'] as const).flatMap(when =>
    Object.keys(quiet).map((name): Row => {
      const value = median(measured.map(one => p95(one[when][name])));
      say(`${when}: ${name}: p95 ${Math.round(value)} ms`);
      return {
        what: `${name}, ${
          when === 'quiet' ? 'nothing changed' : 'one service changed'
        }, p95`,
        unit: 'ms',
        waymark: value,
        target: { below: BELOW },
      };
    }),
  );
  return report({
    name: 'adoption',
    method: `${services} services of 60 teams, six in ten made by one of eight golden paths, and ${creations} creations over two years, by SQL with a fixed seed. The plugin in a process of its own, asked over HTTP by somebody who sees everything, ${times} times each in turn: once with nothing changed in between, and once after a service was changed each time, so that all is read from the database again. Delivery and compliance are not there, which the funnel says. Medians of ${runs} runs.`,
    rows: [
      ...rows,
      {
        what: 'memory at the end',
        unit: 'MiB',
        waymark: median(measured.map(({ memory }) => memory)),
      },
    ],
    runs: measured,
  });
};
