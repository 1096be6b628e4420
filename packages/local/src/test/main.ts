import { resolve } from 'node:path';
import { explain, StartError } from '../fail';
import { checkout, layoutOf } from '../layout';
import { endCommands } from './command';
import { closingFailures, closingLine, Counts, total } from './counts';
import { goldenPathTests } from './goldenPaths';
import { browserTests, Stage, staticChecks, unitTests } from './stages';

const STAGES: Record<string, Stage> = {
  static: staticChecks,
  unit: unitTests,
  templates: goldenPathTests,
  browser: browserTests,
};

/** Set once somebody wants it to end. */
let isInterrupted = false;
const interrupt = (signal: NodeJS.Signals) => {
  // Whoever asks again does not wait for what is still being cleaned up.
  if (isInterrupted) process.exit(130);
  isInterrupted = true;
  endCommands(signal);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, interrupt);
}

/** `waymark test [static] [unit] [templates] [browser]`: all of them, or those named. */
async function main(names: string[]): Promise<number> {
  const unknown = names.find(name => !(name in STAGES));
  if (unknown) {
    throw new StartError(
      `There are no ${unknown} tests.`,
      `Name some of: ${Object.keys(STAGES).join(', ')}; or none, for all.`,
    );
  }
  const root = checkout();
  const layout = layoutOf(root, resolve(root, '.waymark/test'));
  const counts: Counts[] = [];
  for (const name of names.length > 0 ? names : Object.keys(STAGES)) {
    counts.push(await runStage(name, layout));
    if (isInterrupted) {
      process.stderr.write('\nEnded before the end, as asked.\n');
      return 130;
    }
  }
  const sum = total(counts);
  if (sum.failures.length > 0) {
    process.stdout.write(`\n${closingFailures(sum.failures)}\n`);
  }
  process.stdout.write(`\n${closingLine(sum)}\n`);
  // On CI a check that did not run is one that nobody made.
  const isBad = sum.failed > 0 || (process.env.CI && sum.skipped > 0);
  return isBad ? 1 : 0;
}

async function runStage(
  name: string,
  layout: ReturnType<typeof layoutOf>,
): Promise<Counts> {
  try {
    return await STAGES[name](layout);
  } catch (error) {
    const failed = { passed: 0, failed: 1, skipped: 0 };
    if (isInterrupted) return { ...failed, failures: [] };
    const known = explain(error);
    const reason = known
      ? `${known.message} ${known.advice}`
      : (error as Error)?.stack ?? String(error);
    process.stderr.write(`\n✗ ${name}: ${reason}\n`);
    return { ...failed, failures: [{ name, reason }] };
  }
}

main(process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    const known = explain(error);
    process.stderr.write(
      `${known ? `${known.message} ${known.advice}` : error}\n`,
    );
    process.exit(2);
  },
);
