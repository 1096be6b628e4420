import { parseArgs } from 'node:util';
import { adoption } from './adoption';
import { catalog } from './catalog';
import { compliance } from './compliance';
import { dora } from './dora';
import { firstView } from './firstView';
import { goldenPaths } from './goldenPaths';
import { Benchmark, say } from './lib/benchmark';
import { runToExit } from './lib/cleanup';
import { assertPortsFree } from './lib/paths';
import { summarise } from './lib/report';
import { waymark } from './lib/waymark';
import { memory } from './memory';
import { scaffold } from './scaffold';
import { start } from './start';
import { prepareStock } from './stock/prepare';

/** In this order: the first ones need the machine at its quietest. */
const benchmarks: Record<string, Benchmark> = {
  start,
  'first-view': firstView,
  memory,
  scaffold,
  catalog,
  adoption,
  compliance,
  dora,
  'golden-paths': goldenPaths,
};

/** Those that measure no running portal, or start their own. */
const alone: readonly string[] = [
  'adoption',
  'compliance',
  'dora',
  'golden-paths',
];

/** Exit code 0: every target reached; 1: one missed; 2: could not measure. */
async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      report: { type: 'boolean', default: false },
      runs: { type: 'string' },
    },
  });
  const runs = values.runs === undefined ? undefined : Number(values.runs);
  if (runs !== undefined && !(Number.isInteger(runs) && runs > 0)) {
    throw new Error(`--runs ${values.runs}: give a number above 0`);
  }
  const names = positionals.length > 0 ? positionals : Object.keys(benchmarks);
  for (const name of names) {
    if (!Object.hasOwn(benchmarks, name)) {
      const known = Object.keys(benchmarks).join(', ');
      throw new Error(`There is no benchmark ${name}; there are ${known}`);
    }
  }

  await assertPortsFree();
  const portals = names.some(name => !alone.includes(name));
  if (portals) {
    await prepareStock();
    say('Starting Waymark for the first time');
    await waymark.reset();
    await waymark.startFirst();
  }
  let reached = true;
  for (const name of names) {
    process.stdout.write(`\n${name}\n`);
    reached = (await benchmarks[name]({ runs })) && reached;
  }
  if (portals) await waymark.reset();
  summarise();
  return reached || values.report ? 0 : 1;
}

runToExit(run);
