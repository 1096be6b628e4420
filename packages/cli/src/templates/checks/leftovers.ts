import { Files, Inputs, lineAt, Problem } from '../problem';

const WORKFLOWS = '.github/workflows/';
/** Helm's and Argo's own expressions are no leftovers of ours. */
const OTHER_EXPRESSIONS = /^(chart|platform)\/.*templates\//;
const MARKS = /\$\{\{|\{%|\{#|\[object Object\]|\{\{ values\./g;
const PLACEHOLDERS =
  /\b(TODO|FIXME|CHANGEME|REPLACE_ME|lorem ipsum|undefined|NaN)\b/gi;
const SOURCE = /\.(ts|tsx|js|mjs|go|py|java|md)$/;
const SECRETS: [string, RegExp][] = [
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/g],
  ['a GitHub token', /\b(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,})/g],
  ['an AWS access key', /\b(AKIA|ASIA)[0-9A-Z]{16}\b/g],
  ['a Slack token', /\bxox[abprs]-[A-Za-z0-9-]{10,}/g],
  ['a password in an address', /\b[a-z]+:\/\/[^\s:/@"'`]+:[^\s/@"'`$]+@/g],
];
/** Tests of what keeps passwords out of logs have some to keep out. */
const TEST = /(^|\/)tests?\/|[._]test\.\w+$|(^|\/)test_[^/]+$/;
/** What local databases of docker compose and tests are opened with. */
const LOCAL_PASSWORD =
  /@(localhost|127\.0\.0\.1|postgres|db|database)(?![\w.-])/;

/**
 * What a template leaves in its output by mistake: expressions that were not
 * rendered, placeholders, and values that look like secrets.
 */
export function checkLeftovers(files: Files, inputs: Inputs): Problem[] {
  return [...files].flatMap(([file, content]) => [
    ...path(file),
    ...expressions(file, content, inputs),
    ...secrets(file, content),
  ]);
}

function path(file: string): Problem[] {
  return file.endsWith('.njk') || /\$\{\{|\.\./.test(file)
    ? [{ check: 'unrendered', file, message: 'the path was not rendered' }]
    : [];
}

function expressions(file: string, text: string, inputs: Inputs): Problem[] {
  if (file.startsWith(WORKFLOWS) || OTHER_EXPRESSIONS.test(file)) return [];
  // An answer may hold such marks itself; it is inert where it is quoted.
  const ours = Object.values(inputs)
    .filter((value): value is string => typeof value === 'string')
    .reduce(
      (rest, value) => rest.replaceAll(JSON.stringify(value), '""'),
      text,
    );
  const found = [...ours.matchAll(MARKS)].map(match => ({
    check: 'unrendered',
    file,
    line: lineAt(ours, match.index),
    message: `${match[0]} is left`,
  }));
  if (SOURCE.test(file)) return found;
  return [
    ...found,
    ...[...ours.matchAll(PLACEHOLDERS)].map(match => ({
      check: 'placeholder',
      file,
      line: lineAt(ours, match.index),
      message: `${match[0]} is left`,
    })),
  ];
}

function secrets(file: string, text: string): Problem[] {
  if (TEST.test(file)) return [];
  return SECRETS.flatMap(([what, pattern]) =>
    [...text.matchAll(pattern)]
      .filter(
        ({ index, 0: found }) =>
          !LOCAL_PASSWORD.test(
            text.slice(index + found.length - 1, index + found.length + 20),
          ),
      )
      .map(({ index }) => ({
        check: 'secret',
        file,
        line: lineAt(text, index),
        message: `${what} is written down`,
      })),
  );
}
