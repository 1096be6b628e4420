import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';

/** How a group of checks went. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Adds up groups of checks. */
export function total(counts: Counts[]): Counts {
  return counts.reduce(
    (sum, item) => ({
      passed: sum.passed + item.passed,
      failed: sum.failed + item.failed,
      skipped: sum.skipped + item.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** The line that closes a test run. */
export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

const jestSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  numFailedTestSuites: z.number(),
  numRuntimeErrorTestSuites: z.number(),
});

/** Reads Jest's `--json` report; a suite that did not run counts as failed. */
export function countJest(report: unknown): Counts {
  const result = jestSchema.parse(report);
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

const playwrightSchema = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
  errors: z.array(z.unknown()),
});

/** Reads Playwright's JSON report; a test that passed on retry is a failure. */
export function countPlaywright(report: unknown): Counts {
  const { stats, errors } = playwrightSchema.parse(report);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

const suiteSchema = z.object({
  tests: z.coerce.number(),
  failures: z.coerce.number(),
  skipped: z.coerce.number(),
});
const junitSchema = z.object({
  testsuites: z.object({ testsuite: z.array(suiteSchema) }),
});

/** Reads a JUnit report. */
export function countJunit(xml: string): Counts {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    isArray: name => name === 'testsuite',
  });
  const { testsuites } = junitSchema.parse(parser.parse(xml));
  return total(
    testsuites.testsuite.map(({ tests, failures, skipped }) => ({
      passed: tests - failures - skipped,
      failed: failures,
      skipped,
    })),
  );
}
