import {
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
};

describe('the closing line', () => {
  it('adds up what each runner reports', () => {
    const playwright = {
      stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 3 },
      errors: [{}],
    };
    const junit = `<?xml version="1.0"?><testsuites>
  <testsuite name="a" tests="7" failures="1" skipped="2" time="1.0"/>
</testsuites>`;
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

  it('refuses a report it does not know', () => {
    expect(() => countJest({ ...report, numFailedTests: undefined })).toThrow();
    expect(() => countJunit('<html></html>')).toThrow();
  });
});
