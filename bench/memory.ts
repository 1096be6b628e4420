import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Benchmark, say } from './lib/benchmark';
import { waitForAnswers } from './lib/http';
import { processMemory, treeMemory } from './lib/memory';
import { ports, root } from './lib/paths';
import { startEmptyPostgres } from './lib/postgres';
import { processTree } from './lib/processes';
import { report } from './lib/report';
import { median } from './lib/stats';
import { stockBuilt, stockDev } from './lib/stock';
import { waymark } from './lib/waymark';

const IDLE_MS = 60_000;
/** 1.2 GB. */
const TARGET_MIB = 1.2e9 / 1024 ** 2;

/** Memory of everything together, a minute after a start. */
export const memory: Benchmark = async ({ runs = 5 }) => {
  const own = waymark.start();
  await waitForAnswers(own, waymark.page.ready);
  const dev = stockDev.start();
  await waitForAnswers(dev, stockDev.page.ready);
  const database = await startEmptyPostgres('stock', ports.stock.postgres);
  const built = stockBuilt.start(database.connection);
  await waitForAnswers(built, stockBuilt.page.ready);
  say(`idle for ${IDLE_MS / 1000} s`);
  await delay(IDLE_MS);

  const samples: { waymark: number[]; dev: number[]; built: number[] } = {
    waymark: [],
    dev: [],
    built: [],
  };
  for (let run = 0; run < runs; run++) {
    samples.waymark.push(treeMemory(own.pid));
    samples.dev.push(treeMemory(dev.pid));
    samples.built.push(treeMemory(built.pid) + treeMemory(database.pid));
    await delay(1_000);
  }
  const parts = processTree(own.pid).map(pid => ({
    process: commandOf(pid),
    mib: processMemory(pid),
  }));
  for (const running of [own, dev, built]) await running.stop();
  await database.stop();

  return report({
    name: 'memory',
    method: `Proportional set size of the whole process tree ${
      IDLE_MS / 1000
    } s after a warm start nobody has used yet; median of ${runs} samples a second apart.`,
    rows: [
      {
        what: './waymark start, beside yarn start',
        unit: 'MiB',
        waymark: median(samples.waymark),
        stock: median(samples.dev),
        target: { below: TARGET_MIB },
      },
      {
        what: './waymark start, beside the built backend and PostgreSQL',
        unit: 'MiB',
        waymark: median(samples.waymark),
        stock: median(samples.built),
      },
    ],
    runs: { samples, parts },
  });
};

function commandOf(pid: number): string {
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  return command.replaceAll('\0', ' ').replaceAll(root, '.').slice(0, 160);
}
