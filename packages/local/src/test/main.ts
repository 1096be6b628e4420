import { resolve } from 'node:path';
import { explain, StartError } from '../fail';
import { checkout, layoutOf } from '../layout';
import { closingFailures, closingLine, Counts, total } from './counts';
import { goldenPathTests } from './goldenPaths';
import { browserTests, Stage, staticChecks, unitTests } from './stages';

const STAGES: Record<string, Stage> = {
  static: staticChecks,
  unit: unitTests,
  templates: goldenPathTests,
  browser: browserTests,
};

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
    const known = explain(error);
    const reason = known
      ? `${known.message} ${known.advice}`
      : (error as Error)?.stack ?? String(error);
    process.stderr.write(`\n✗ ${name}: ${reason}\n`);
    const failures = [{ name, reason }];
    return { passed: 0, failed: 1, skipped: 0, failures };
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
