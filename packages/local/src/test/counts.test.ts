import {
  closingFailures,
  closingLine,
  countJest,
  countJunit,
  countPlaywright,
  total,
} from './counts';

const report = {
  numPassedTests: 5,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  numFailedTestSuites: 2,
  numRuntimeErrorTestSuites: 1,
  testResults: [
    {
      name: 'sums.test.ts',
      status: 'failed',
      message: 'all of it',
      assertionResults: [
        {
          fullName: 'sums are right',
          status: 'failed',
          failureMessages: [
            '\u001b[31mexpected 4\u001b[39m\n\n    at sums.ts:3',
          ],
        },
        { fullName: 'sums are fast', status: 'passed', failureMessages: [] },
      ],
    },
    {
      name: 'broken.test.ts',
      status: 'failed',
      message: 'Cannot find module',
      assertionResults: [],
    },
    {
      name: 'good.test.ts',
      status: 'passed',
      message: '',
      assertionResults: [],
    },
  ],
};
const playwright = {
  stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 3 },
  errors: [{ message: 'The portal went away' }],
  suites: [
    {
      suites: [
        {
          specs: [
            {
              file: 'create.spec.ts',
              title: 'a click makes a service',
              tests: [
                {
                  status: 'unexpected',
                  results: [{ error: { message: 'Page not found' } }],
                },
              ],
            },
            {
              file: 'create.spec.ts',
              title: 'names are checked',
              tests: [{ status: 'expected', results: [{}] }],
            },
          ],
        },
      ],
    },
  ],
};
const junit = `<?xml version="1.0"?><testsuites>
  <testsuite name="a" tests="7" failures="1" skipped="2" time="1.0">
    <testcase classname="node-api" name="its chart"><failure message="no limits">no limits
at all</failure></testcase>
    <testcase classname="node-api" name="its docs" time="1.0"></testcase>
  </testsuite>
</testsuites>`;

describe('the closing line', () => {
  it('adds up what each runner reports', () => {
    expect(
      closingLine(
        total([
          countJest(report),
          countJunit(junit),
          countPlaywright(playwright),
        ]),
      ),
    ).toBe('13 passed, 6 failed, 8 skipped');
  });

  it('comes after what failed, with its reason', () => {
    const { failures } = total([
      countJest(report),
      countPlaywright(playwright),
      countJunit(junit),
    ]);

    expect(closingFailures(failures)).toBe(
      `✗ sums.test.ts › sums are right
    expected 4
        at sums.ts:3
✗ broken.test.ts
    Cannot find module
✗ Playwright
    The portal went away
✗ create.spec.ts › a click makes a service
    Page not found
✗ node-api › its chart
    no limits`,
    );
  });

  it('refuses a report it does not know', () => {
    expect(() => countJest({ ...report, numFailedTests: undefined })).toThrow();
    expect(() => countJunit('<html></html>')).toThrow();
  });
});
