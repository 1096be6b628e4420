import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';

/** A check that failed, and what it said. */
export interface Failure {
  name: string;
  reason: string;
}

/** How a group of checks went. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  failures: Failure[];
}

/** Adds up groups of checks. */
export function total(counts: Counts[]): Counts {
  return counts.reduce(
    (sum, item) => ({
      passed: sum.passed + item.passed,
      failed: sum.failed + item.failed,
      skipped: sum.skipped + item.skipped,
      failures: [...sum.failures, ...item.failures],
    }),
    { passed: 0, failed: 0, skipped: 0, failures: [] },
  );
}

/** The line that closes a test run. */
export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** As much of a reason as helps to know the failure again. */
const REASON_LINES = 8;
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** What failed, once more, for whoever has only the end of a long run. */
export function closingFailures(failures: Failure[]): string {
  return failures
    .map(({ name, reason }) => {
      const lines = reason
        .replace(COLOURS, '')
        .split('\n')
        .filter(line => line.trim())
        .slice(0, REASON_LINES);
      return [`✗ ${name}`, ...lines.map(line => `    ${line}`)].join('\n');
    })
    .join('\n');
}

const jestSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  numFailedTestSuites: z.number(),
  numRuntimeErrorTestSuites: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

/** Reads Jest's `--json` report; a suite that did not run counts as failed. */
export function countJest(report: unknown): Counts {
  const result = jestSchema.parse(report);
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
    failures: result.testResults
      .filter(({ status }) => status === 'failed')
      .flatMap(({ name, message, assertionResults }) => {
        const failed = assertionResults.filter(
          ({ status }) => status === 'failed',
        );
        return failed.length > 0
          ? failed.map(({ fullName, failureMessages }) => ({
              name: `${name} › ${fullName}`,
              reason: failureMessages?.join('\n') ?? '',
            }))
          : [{ name, reason: message }];
      }),
  };
}

interface PlaywrightSuite {
  specs?: {
    title: string;
    file: string;
    tests: {
      status: string;
      results: { error?: { message?: string } }[];
    }[];
  }[];
  suites?: PlaywrightSuite[];
}

const playwrightSuiteSchema: z.ZodType<PlaywrightSuite> = z.lazy(() =>
  z.object({
    specs: z
      .array(
        z.object({
          title: z.string(),
          file: z.string(),
          tests: z.array(
            z.object({
              status: z.string(),
              results: z.array(
                z.object({
                  error: z
                    .object({ message: z.string().optional() })
                    .optional(),
                }),
              ),
            }),
          ),
        }),
      )
      .optional(),
    suites: z.array(playwrightSuiteSchema).optional(),
  }),
);

const playwrightSchema = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
  errors: z.array(z.object({ message: z.string().optional() })),
  suites: z.array(playwrightSuiteSchema),
});

function failuresOf({ specs = [], suites = [] }: PlaywrightSuite): Failure[] {
  return [
    ...specs.flatMap(({ file, title, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map(({ results }) => ({
          name: `${file} › ${title}`,
          reason: results.map(({ error }) => error?.message ?? '').join('\n'),
        })),
    ),
    ...suites.flatMap(failuresOf),
  ];
}

/** Reads Playwright's JSON report; a test that passed on retry is a failure. */
export function countPlaywright(report: unknown): Counts {
  const { stats, errors, suites } = playwrightSchema.parse(report);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    failures: [
      ...errors.map(({ message = '' }) => ({
        name: 'Playwright',
        reason: message,
      })),
      ...failuresOf({ suites }),
    ],
  };
}

const suiteSchema = z.object({
  tests: z.coerce.number(),
  failures: z.coerce.number(),
  skipped: z.coerce.number(),
  testcase: z
    .array(
      z.object({
        classname: z.string(),
        name: z.string(),
        failure: z.object({ message: z.string() }).optional(),
      }),
    )
    .default([]),
});
const junitSchema = z.object({
  testsuites: z.object({ testsuite: z.array(suiteSchema) }),
});

/** Reads a JUnit report. */
export function countJunit(xml: string): Counts {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    isArray: name => name === 'testsuite' || name === 'testcase',
  });
  const { testsuites } = junitSchema.parse(parser.parse(xml));
  return total(
    testsuites.testsuite.map(({ tests, failures, skipped, testcase }) => ({
      passed: tests - failures - skipped,
      failed: failures,
      skipped,
      failures: testcase.flatMap(({ classname, name, failure }) =>
        failure
          ? [{ name: `${classname} › ${name}`, reason: failure.message }]
          : [],
      ),
    })),
  );
}
