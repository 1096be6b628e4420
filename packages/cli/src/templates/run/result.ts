import { formatProblem, Problem } from '../problem';

/** One row of the matrix, or one thing asked of the template itself. */
export interface CaseResult {
  title: string;
  problems: Problem[];
  /** Tools this machine lacks, by name. */
  skipped: string[];
  seconds: number;
}

/** All that was found out about one golden path. */
export interface PathResult {
  name: string;
  /** Nothing it depends on has changed since it was last found good. */
  unchanged: boolean;
  cases: CaseResult[];
  /** Every tool skipped in any case, once. */
  skipped: string[];
  seconds: number;
}

/** Whether a path may ship. */
export function isGood(result: PathResult, requireAll: boolean): boolean {
  return (
    result.cases.every(({ problems }) => problems.length === 0) &&
    !(requireAll && result.skipped.length > 0)
  );
}

/** For a person. */
export function report(results: PathResult[], requireAll: boolean): string {
  const lines = results.flatMap(result => {
    const { name, unchanged, cases, skipped, seconds } = result;
    const mark = isGood(result, requireAll) ? '✓' : '✗';
    const what = unchanged ? 'unchanged' : `${cases.length} cases`;
    return [
      `${mark} ${name}: ${what} (${seconds.toFixed(1)} s)`,
      ...cases
        .filter(({ problems }) => problems.length > 0)
        .flatMap(({ title, problems }) => [
          `  ✗ ${title}`,
          ...problems.map(problem =>
            `      ${formatProblem(problem)}`.replaceAll('\n', '\n      '),
          ),
        ]),
      ...skipped.map(tool => `  - skipped: ${tool}`),
    ];
  });
  const bad = results.filter(result => !isGood(result, requireAll)).length;
  const close = bad
    ? `${bad} of ${results.length} golden paths must not ship like this.`
    : `All good: ${results.length} golden paths.`;
  return `${[...lines, '', close].join('\n')}\n`;
}

const UNCHANGED: CaseResult = {
  title: 'unchanged since it was found good',
  problems: [],
  skipped: [],
  seconds: 0,
};

/** For machines, as JUnit's XML. */
export function junit(results: PathResult[], requireAll: boolean): string {
  const suites = results.map(result => {
    const { name, skipped, seconds } = result;
    const cases = result.unchanged ? [UNCHANGED] : result.cases;
    const missing = skipped.map(
      tool =>
        `    <testcase classname="${escape(name)}" name="${escape(tool)}">${
          requireAll
            ? '<failure message="skipped, and nothing may be"/>'
            : '<skipped/>'
        }</testcase>`,
    );
    const tests = cases.map(({ title, problems, seconds: time }) => {
      const text = problems.map(formatProblem).join('\n');
      const failure = text
        ? `<failure message="${escape(text.split('\n')[0])}">${escape(
            text,
          )}</failure>`
        : '';
      return `    <testcase classname="${escape(name)}" name="${escape(
        title,
      )}" time="${time.toFixed(3)}">${failure}</testcase>`;
    });
    const failures =
      cases.filter(({ problems }) => problems.length > 0).length +
      (requireAll ? skipped.length : 0);
    return [
      `  <testsuite name="${escape(name)}" tests="${
        cases.length + skipped.length
      }" failures="${failures}" skipped="${
        requireAll ? 0 : skipped.length
      }" time="${seconds.toFixed(3)}">`,
      ...tests,
      ...missing,
      '  </testsuite>',
    ].join('\n');
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join(
    '\n',
  )}\n</testsuites>\n`;
}

/** XML takes no control characters, not even escaped ones. */
function escape(text: string): string {
  return text
    .replace(/(?![\t\n\r])\p{Cc}/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
