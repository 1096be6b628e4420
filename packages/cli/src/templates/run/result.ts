import { formatProblem, Problem } from '../problem';
import { Findings } from './tools/tool';

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

/** Something to find out, and how. */
export interface Case {
  title: string;
  work(): Promise<Findings>;
}

/** Finds out one thing after the other. */
export async function resultOf(
  name: string,
  cases: readonly Case[],
): Promise<PathResult> {
  const begun = Date.now();
  const results: CaseResult[] = [];
  for (const one of cases) results.push(await timed(one));
  return summed(name, results, begun);
}

/** Does it and says how long it took. */
export async function timed({ title, work }: Case): Promise<CaseResult> {
  const begun = Date.now();
  const findings = await work();
  return { title, ...findings, seconds: (Date.now() - begun) / 1000 };
}

/** @param begun - in milliseconds, as `Date.now()` has it */
export function summed(
  name: string,
  cases: CaseResult[],
  begun: number,
): PathResult {
  return {
    name,
    unchanged: false,
    cases,
    skipped: [...new Set(cases.flatMap(({ skipped }) => skipped))],
    seconds: (Date.now() - begun) / 1000,
  };
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
    ? `${bad} of ${results.length} must not ship like this.`
    : `All ${results.length} good.`;
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
