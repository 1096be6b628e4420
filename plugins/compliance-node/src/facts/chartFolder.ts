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

/** Charts in folders of these names are made from, tried with, or of others. */
const NOT_DEPLOYED =
  /(^|\/)(templates?|skeletons?|examples?|samples?|tests?|testdata|fixtures|__fixtures__|vendor|node_modules)\//;
/** In `platform/charts/` and the like are charts for others to depend on. */
const SHARED = /^(.+)\/charts\/[^/]+$/;
const DEPLOYMENT =
  /^(charts?|helm|deploy|deployments?|k8s|kubernetes|infra|infrastructure|ops)(\/|$)/;

/**
 * The chart that a repository deploys: `chart/`, or the one nearest the root.
 *
 * @returns why there is none in words for the owner, where there are charts; a
 *   library is never installed, and a shared chart by others
 */
export async function findChart(
  source: FileSource,
): Promise<{ chart?: ChartFolder; none?: string }> {
  const paths = await source.list();
  const folders = paths
    .filter(file => /(^|\/)Chart\.yaml$/.test(file))
    .map(file => file.slice(0, -'Chart.yaml'.length).replace(/\/$/, ''))
    // Charts in a chart are its dependencies.
    .filter((folder, _, all) =>
      all.every(
        other =>
          other === folder || !folder.startsWith(other ? `${other}/` : ''),
      ),
    )
    .filter(folder => !NOT_DEPLOYED.test(`${folder}/`))
    .sort(
      (one, other) =>
        Number(other === 'chart') - Number(one === 'chart') ||
        one.split('/').length - other.split('/').length ||
        one.localeCompare(other),
    );
  const notOwn: string[] = [];
  for (const folder of folders) {
    const [, parent] = SHARED.exec(folder) ?? [];
    const isShared = parent !== undefined && !DEPLOYMENT.test(parent);
    if (!isShared && !(await isLibrary(source, folder))) {
      return { chart: describe(folder, paths) };
    }
    notOwn.push(folder || 'the root');
  }
  if (notOwn.length === 0) return {};
  return {
    none: `Nothing is deployed from here: what is at ${notOwn
      .slice(0, 5)
      .join(', ')} is for other charts to depend on.`,
  };
}

/** One that cannot be read is told of when it is rendered. */
async function isLibrary(source: FileSource, folder: string): Promise<boolean> {
  const path = `${folder && `${folder}/`}Chart.yaml`;
  const text = await source.read(path, MOST_BYTES_OF_FILE).catch(() => null);
  try {
    return text
      ? parse(Buffer.from(text).toString()).type === 'library'
      : false;
  } catch {
    return false;
  }
}

function describe(path: string, paths: readonly string[]): ChartFolder {
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
