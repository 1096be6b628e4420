import { cp, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { FactsError } from './FactsError';
import { FileSource } from './FileSource';
import { MOST_BYTES_OF_FILE } from './readRepositoryFacts';

const MOST_BYTES = 8 * 1024 * 1024;

const chartSchema = z.object({
  name: z.string(),
  type: z.string().nullish(),
  dependencies: z
    .array(z.object({ name: z.string(), version: z.coerce.string() }))
    .nullish(),
});

/** A chart of a repository. */
export interface ChartFolder {
  /** Below the repository's root; empty for the root itself. */
  path: string;
  /** Its files, below the root. */
  files: string[];
  /** An environment and the values files it is rendered with. */
  environments: { name: string; values: string[] }[];
}

/** The chart that a repository deploys: `chart/`, or the one nearest the root. */
export function findChart(paths: readonly string[]): ChartFolder | undefined {
  const [path] = paths
    .filter(file => /(^|\/)Chart\.yaml$/.test(file))
    .map(file => file.slice(0, -'Chart.yaml'.length).replace(/\/$/, ''))
    // Charts in a chart are its dependencies.
    .filter((folder, _, all) =>
      all.every(
        other =>
          other === folder || !folder.startsWith(other ? `${other}/` : ''),
      ),
    )
    .sort(
      (one, other) =>
        Number(other === 'chart') - Number(one === 'chart') ||
        one.split('/').length - other.split('/').length ||
        one.localeCompare(other),
    );
  if (path === undefined) return undefined;
  const prefix = path && `${path}/`;
  const files = paths.filter(file => file.startsWith(prefix));
  const environments = files.flatMap(file => {
    const [, name] =
      /^(?:env\/([^/]+)|values[-.]([^/]+))\.ya?ml$/
        .exec(file.slice(prefix.length))
        ?.filter((part, index) => index === 0 || part) ?? [];
    return name ? [{ name, values: [file, `${prefix}values.yaml`] }] : [];
  });
  if (environments.length === 0) {
    environments.push({ name: 'default', values: [`${prefix}values.yaml`] });
  }
  return {
    path,
    files,
    environments: environments.map(({ name, values }) => ({
      name,
      values: values.filter(file => files.includes(file)),
    })),
  };
}

/**
 * Writes a chart and what it depends on into a folder.
 *
 * @param charts - folders of the charts that may be depended on
 * @throws FactsError where it is no chart, or depends on one that is not there
 */
export async function writeChart(
  source: FileSource,
  { path, files }: ChartFolder,
  charts: readonly string[],
  target: string,
): Promise<{ name: string }> {
  let left = MOST_BYTES;
  for (const file of files) {
    const below = path ? file.slice(path.length + 1) : file;
    if (below.split('/').includes('..')) continue;
    const most = Math.min(MOST_BYTES_OF_FILE, left);
    const bytes = await source.read(file, most);
    if (!bytes) {
      throw new FactsError(
        `The chart cannot be rendered: ${file} is too large.`,
      );
    }
    left -= bytes.length;
    await mkdir(dirname(join(target, below)), { recursive: true });
    await writeFile(join(target, below), bytes);
  }
  const { name, dependencies } = await readChart(target);
  for (const dependency of dependencies ?? []) {
    const vendored = files.some(
      file =>
        file.startsWith(`${path && `${path}/`}charts/${dependency.name}/`) ||
        file.startsWith(`${path && `${path}/`}charts/${dependency.name}-`),
    );
    if (!vendored) await addDependency(dependency, charts, target);
  }
  return { name };
}

async function readChart(folder: string) {
  try {
    const text = await readFile(join(folder, 'Chart.yaml'), 'utf8');
    return chartSchema.parse(parse(text));
  } catch {
    throw new FactsError(
      'The chart cannot be rendered: Chart.yaml is not as Helm reads it.',
    );
  }
}

/** Puts a chart where `helm dependency build` would; nothing is downloaded. */
async function addDependency(
  { name, version }: { name: string; version: string },
  charts: readonly string[],
  target: string,
): Promise<void> {
  const known = /^[a-z0-9][a-z0-9-]*$/.test(name) ? charts : [];
  for (const folder of known) {
    const found = join(folder, name);
    if (!(await stat(join(found, 'Chart.yaml')).catch(() => undefined))) {
      continue;
    }
    const text = await readFile(join(found, 'Chart.yaml'), 'utf8');
    const published: unknown = parse(text).version;
    if (published !== version) {
      throw new FactsError(
        `The chart cannot be rendered: it asks for ${name} ${version}, and the platform has ${published}.`,
      );
    }
    await cp(found, join(target, 'charts', name), {
      recursive: true,
      filter: file => basename(file) !== 'tests',
    });
    return;
  }
  throw new FactsError(
    `The chart cannot be rendered: it depends on ${name} ${version}, which the platform does not have.`,
  );
}
