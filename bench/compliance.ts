import { fork } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { Benchmark, say } from './lib/benchmark';
import { onEnd } from './lib/cleanup';
import { cleanEnvironment } from './lib/environment';
import { ports, root } from './lib/paths';
import { Connection, startEmptyPostgres } from './lib/postgres';
import { report } from './lib/report';
import { median } from './lib/stats';

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

/** All rules about all components, by what is known of them in the database. */
export const compliance: Benchmark = async ({ runs = 3 }) => {
  const measured: z.infer<typeof evaluatedSchema>[] = [];
  let filled: z.infer<typeof filledSchema> | undefined;
  for (let run = 0; run < runs; run++) {
    const database = await startEmptyPostgres(
      'compliance',
      ports.waymark.postgres,
    );
    filled = filledSchema.parse(await step('fill', database.connection));
    await database.query('waymark', 'VACUUM ANALYZE');
    const value = evaluatedSchema.parse(
      await step('evaluate', database.connection),
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
    measured.push(value);
    await database.stop();
  }
  const value = (pick: (one: (typeof measured)[number]) => number) =>
    median(measured.map(pick));
  return report({
    name: 'compliance',
    method: `${COMPONENTS} components with facts of ${
      filled?.repositories
    } repositories that the golden paths make, each under a name of its own and every third without its runbook, ${filled?.factsMiB.toFixed(
      0,
    )} MiB of facts in PostgreSQL, all ${
      measured[0].rules
    } rules, by the store, the worker and the engine of the portal in a process of their own: all for the first time, then all again as after a change of the rules. Memory is the process's largest resident set less what it had before the first component. Medians of ${runs} runs.`,
    rows: [
      {
        what: `${COMPONENTS} components, for the first time`,
        unit: 's',
        waymark: value(({ first }) => first.seconds),
        target: { below: 60 },
      },
      {
        what: `${COMPONENTS} components, again`,
        unit: 's',
        waymark: value(({ again }) => again.seconds),
        target: { below: 60 },
      },
      {
        what: 'memory above idle',
        unit: 'MiB',
        waymark: value(({ peakMiB, idleMiB }) => peakMiB - idleMiB),
        target: { below: 500 },
      },
    ],
    runs: measured,
  });
};

/** Runs a step in a process of its own, whose memory is measured alone. */
function step(
  name: 'fill' | 'evaluate',
  connection: Connection,
): Promise<unknown> {
  const child = fork(join(root, `bench/evaluation/${name}.ts`), {
    execArgv: [
      '--require',
      join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
    ],
    env: cleanEnvironment({
      BENCH_DATABASE: JSON.stringify({ ...connection, database: 'waymark' }),
      BENCH_COMPONENTS: String(COMPONENTS),
    }),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const end = onEnd(async () => {
    child.kill();
  });
  return new Promise((done, fail) => {
    let answer: unknown;
    child.on('message', message => {
      // A backend that is started for the golden paths has news, too.
      const { result } = message as { result?: unknown };
      answer = result ?? answer;
    });
    child.once('error', fail);
    child.once('exit', code => {
      end().then(() => {
        if (code === 0 && answer) done(answer);
        else fail(new Error(`${name} ended with exit code ${code}`));
      }, fail);
    });
  });
}
