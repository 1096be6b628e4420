import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { placeOf } from '@waymark/backstage-plugin-compliance-node';
import { parse } from 'yaml';
import { lineAt, Problem } from '../../problem';
import { Context, tool, yamlFiles } from './tool';

const ALERTS = 'monitoring';
const SPEC = 'slo/sloth.yaml';
const GENERATED = 'monitoring/slo-rules.yaml';

/**
 * Alert rules of a folder by promtool, each test by itself so that its file is
 * known.
 */
export async function checkAlerts(
  context: Context,
  below = ALERTS,
): Promise<void> {
  const files = yamlFiles(context, below);
  const tests = files.filter(file => /_test\.ya?ml$/.test(file));
  const alerts = files.filter(file => !tests.includes(file));
  if (alerts.length > 0) {
    const checked = await tool(
      context,
      'promtool',
      ['check', 'rules', ...alerts],
      { read: output => readRules(context, output) },
    );
    // Tests of rules that cannot be read say the same again.
    if (checked?.code !== 0) return;
  }
  for (const test of tests) {
    await tool(context, 'promtool', ['test', 'rules', test], {
      read: output => readFailedTest(context, test, output),
    });
  }
}

/** promtool says the line of a rule; of a wrong value only what it is. */
function readRules({ folder }: Context, output: string): Problem[] {
  const words =
    /^(?<file>[\w./-]+\.ya?ml): (?:(?<line>\d+):\d+: )?(?<message>.+)$/gm;
  return [...output.matchAll(words)].map(({ groups }) => {
    const { file, line, message } = groups as Record<string, string>;
    const [, value] = /"([^"]+)"$/.exec(message) ?? [];
    const text = readFileSync(join(folder, file), 'utf8');
    const at = value ? text.indexOf(value) : 0;
    return {
      check: 'promtool',
      file,
      line: line ? Number(line) : lineAt(text, Math.max(at, 0)),
      message,
    };
  });
}

/** promtool names the alert or expression that failed, not its line. */
function readFailedTest(
  { folder }: Context,
  file: string,
  output: string,
): Problem[] {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  const failures = output
    .split(/^\s*(?=expr: |alertname: |name: )/m)
    .slice(1)
    .filter(
      failure => !/^name: .*\s*$/.test(failure.trim()) || /exp/.test(failure),
    );
  return failures.map(failure => {
    const [, name] =
      /^(?:alertname: |expr: ")([\w ():.-]+)/.exec(failure) ?? [];
    const line = lines.findIndex(
      content => name !== undefined && content.includes(`: ${name}`),
    );
    return {
      check: 'promtool',
      file,
      line: Math.max(line, 0) + 1,
      message: failure.trim().replace(/\n\s*/g, '\n'),
    };
  });
}

/** That the rules of the SLO are those that Sloth makes of it. */
export async function checkSlo(context: Context): Promise<void> {
  const { folder, scratch, findings } = context;
  if (!existsSync(join(folder, SPEC))) return;
  const out = join(scratch, 'slo-rules.yaml');
  const made = await tool(
    context,
    'sloth',
    ['generate', '--input', SPEC, '--out', out],
    { read: output => readSloth(context, output) },
  );
  if (made?.code !== 0) return;
  const generated: unknown = parse(readFileSync(out, 'utf8'));
  const file = join(folder, GENERATED);
  const committed = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const path = firstDifference(
    unversioned(generated),
    unversioned(parse(committed)),
  );
  if (path) {
    findings.problems.push({
      check: 'sloth',
      ...placeOf([{ file: GENERATED, text: committed }], path),
      message: `${path.join('.')} is not what Sloth makes of ${SPEC}: make slo`,
    });
  }
}

function readSloth({ folder }: Context, output: string) {
  const message = /^error: (.+)$/m.exec(output)?.[1];
  if (!message) return [];
  const [, index, field] =
    /SLOs\[(\d+)\]\.?(\w*)/.exec(message) ??
    /()(\w+)' Error/.exec(message) ??
    [];
  const text = readFileSync(join(folder, SPEC), 'utf8');
  const [, line] = /line (\d+)/.exec(message) ?? [];
  const path = index ? ['slos', index, field.toLowerCase()] : [];
  return [
    {
      check: 'sloth',
      ...placeOf([{ file: SPEC, text }], path),
      ...(line && { line: Number(line) }),
      message,
    },
  ];
}

/** Which Sloth wrote the rules is no part of them. */
function unversioned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unversioned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'sloth_version')
      .map(([key, item]) => [key, unversioned(item)]),
  );
}

/** The path of the first value in which two documents differ. */
function firstDifference(
  one: unknown,
  other: unknown,
  path: string[] = [],
): string[] | undefined {
  if (isDeepStrictEqual(one, other)) return undefined;
  if (!isObject(one) || !isObject(other)) return path;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  for (const key of keys) {
    const found = firstDifference(one[key], other[key], [...path, key]);
    if (found) return found;
  }
  return path;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
