import { closingLine, countJest, countPlaywright, total } from './counts';

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
    expect(
      closingLine(total([countJest(report), countPlaywright(playwright)])),
    ).toBe('9 passed, 5 failed, 6 skipped');
  });

  it('refuses a report it does not know', () => {
    expect(() => countJest({ ...report, numFailedTests: undefined })).toThrow();
  });
});
