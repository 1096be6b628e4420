import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { placeOf } from '@waymark/backstage-plugin-compliance-node';
import { parse } from 'yaml';
import { z } from 'zod';
import { Problem } from '../../problem';
import { checkPolicies } from './policies';
import { environmentOf, Release } from './release';
import { checkSchemas } from './schemas';
import { Context, readProblems, tool, yamlFiles } from './tool';

const CHART = 'chart/Chart.yaml';

const chartSchema = z.object({
  name: z.string(),
  dependencies: z
    .array(z.object({ name: z.string(), version: z.string() }))
    .default([]),
});

/** Renders a repository's chart for each environment and checks what comes out. */
export async function checkCharts(context: Context): Promise<void> {
  const { folder, scratch } = context;
  if (!existsSync(join(folder, CHART))) return;
  const text = readFileSync(join(folder, CHART), 'utf8');
  // A copy: what is added to it is no part of the repository.
  cpSync(join(folder, 'chart'), join(scratch, 'chart'), { recursive: true });
  const { name, dependencies } = chartSchema.parse(parse(text));
  for (const { name: dependency, version } of dependencies) {
    if (!(await addDependency(context, dependency, version, text))) return;
  }
  const { skipped } = context.findings;
  const found: Problem[] = [];
  const own = { ...context, findings: { problems: found, skipped } };
  const files = yamlFiles(context, 'chart/env');
  const releases = await Promise.all(
    files.map(async values => {
      const release = Release.of(folder, values, scratch);
      const command = {
        release: 'service',
        namespace: 'default',
        chart: join(scratch, 'chart'),
        values: join(scratch, values),
      };
      return (await render(own, name, command, release)) ? [release] : [];
    }),
  );
  await Promise.all([
    checkSchemas(own, releases.flat()),
    checkPolicies(own, releases.flat()),
  ]);
  context.findings.problems.push(...mergeEnvironments(found, files));
}

/** One problem where several environments have the same. */
function mergeEnvironments(
  problems: readonly Problem[],
  files: readonly string[],
): Problem[] {
  const environments = files.map(environmentOf);
  const merged = new Map<string, { problem: Problem; names: Set<string> }>();
  for (const problem of problems) {
    const name = environments.find(one =>
      problem.message.startsWith(`${one}: `),
    );
    const message = problem.message.slice(name ? name.length + 2 : 0);
    const rest = { ...problem, message };
    const key = JSON.stringify(rest);
    const entry = merged.get(key) ?? { problem: rest, names: new Set() };
    merged.set(key, entry);
    if (name) entry.names.add(name);
  }
  return [...merged.values()].map(({ problem, names }) =>
    names.size === 0 || names.size === environments.length
      ? problem
      : {
          ...problem,
          message: `${[...names].sort().join(', ')}: ${problem.message}`,
        },
  );
}

/** Puts the platform's chart where `helm dependency build` would. */
async function addDependency(
  context: Context,
  name: string,
  version: string,
  chart: string,
): Promise<boolean> {
  const { root, scratch, findings } = context;
  const source = join(root, 'platform/charts', name, 'Chart.yaml');
  const say = (path: string[], message: string) => {
    const place = placeOf([{ file: CHART, text: chart }], path);
    findings.problems.push({ check: 'chart', ...place, message });
    return false;
  };
  if (!existsSync(source)) {
    return say(['dependencies'], `platform/charts has no ${name}`);
  }
  const published: unknown = parse(readFileSync(source, 'utf8')).version;
  if (published !== version) {
    return say(
      ['dependencies', '0', 'version'],
      `asks for ${name} ${version}; platform/charts has ${published}`,
    );
  }
  const target = join(scratch, 'chart/charts', name);
  mkdirSync(target, { recursive: true });
  cpSync(join(root, 'platform/charts', name), target, {
    recursive: true,
    filter: file => basename(file) !== 'tests',
  });
  return true;
}

/** What Helm is asked to render. */
interface HelmCommand {
  release: string;
  namespace: string;
  chart: string;
  values: string;
}

/**
 * Lints a chart and writes what Helm makes of it.
 *
 * @param name - of the chart
 * @returns false where there is nothing to look at
 */
export async function render(
  context: Context,
  name: string,
  { release: called, namespace, chart, values }: HelmCommand,
  release: Release,
): Promise<boolean> {
  const read = (output: string) => readHelm(output, name, release);
  const which = [chart, '--values', values];
  const lint = await tool(
    context,
    'helm',
    ['lint', '--strict', '--quiet', ...which],
    { read },
  );
  if (lint?.code !== 0) return false;
  const made = await tool(
    context,
    'helm',
    ['template', called, '--namespace', namespace, ...which],
    {
      read,
    },
  );
  if (made?.code !== 0) return false;
  writeFileSync(release.manifests, made.output);
  return true;
}

/** What Helm says of values, by the line of the value; of templates, by theirs. */
export function readHelm(
  output: string,
  chart: string,
  release: Release,
): Problem[] {
  const problems: Problem[] = [];
  let of = chart;
  for (const line of output.split('\n')) {
    of = /^(\S+):$/.exec(line)?.[1] ?? of;
    const [, pointer, message] = /^\s*- at '([^']*)': (.+)$/.exec(line) ?? [];
    if (message === undefined || message === 'validation failed') continue;
    const unknown = /additional properties (.+) not allowed/.exec(message);
    const path = [
      ...(of === chart ? [] : [of]),
      ...pointer.split('/').filter(Boolean),
      ...(unknown?.[1].match(/[^', ]+/)?.slice(0, 1) ?? []),
    ];
    problems.push({
      check: 'helm',
      ...release.placeOfValue(path),
      message: `${release.environment}: ${path.join('.')}: ${message}`,
    });
  }
  if (problems.length > 0) return problems;
  const name = chart.replace(/[^\w-]/g, '.');
  return readProblems(
    'helm',
    output
      .replace(/\[(ERROR|WARNING)\] templates\/:? /g, '')
      .replace(
        new RegExp(`(?<![\\w-])${name}/(?=templates/)`, 'g'),
        `${release.chart}/`,
      ),
    /(?<file>[\w./-]*templates\/[\w./-]+?)(?::(?<line>\d+))?(?::\d+)?\)?: (?<message>.+)/g,
  ).map(problem => ({
    ...problem,
    message: `${release.environment}: ${problem.message}`,
  }));
}
