import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ManifestFacts } from '@waymark/backstage-plugin-compliance-common';
import { ChartFolder, findChart, writeChart } from './chartFolder';
import { FactsError } from './FactsError';
import { FileSource } from './FileSource';
import { readManifestFolders } from './manifestFolders';
import { Item, objectsOf, Release } from './objects';
import { Ran, runLimited } from './runLimited';

/** How a chart is rendered. */
export interface RenderOptions {
  /** The program; `helm` on the PATH, unless said. */
  helm?: string;
  /** Folders whose charts may be depended on, such as `platform/charts`. */
  charts: readonly string[];
  /** Per environment; 20,000 unless said. */
  timeoutMs?: number;
  /** Of what Helm writes per environment; 8 MiB unless said. */
  maxBytes?: number;
}

/**
 * What Helm makes of a repository's chart, for each of its environments; without
 * a chart, the manifests that the repository has. Helm runs in a folder of its
 * own, asks no cluster and looks up no name.
 *
 * @throws FactsError in words for the owner where it cannot be rendered or read
 */
export async function renderReleases(
  source: FileSource,
  options: RenderOptions,
): Promise<ManifestFacts> {
  const { chart, none } = await findChart(source);
  if (!chart) {
    const releases = await readManifestFolders(source);
    return { releases, ...(none && releases.length === 0 && { none }) };
  }
  const scratch = await mkdtemp(join(tmpdir(), 'waymark-chart-'));
  try {
    const target = join(scratch, 'chart');
    const { name } = await writeChart(source, chart, options.charts, target);
    const releases: Release[] = [];
    for (const environment of chart.environments) {
      const ran = await render(chart, environment.values, scratch, options);
      if (ran.code !== 0) {
        throw new FactsError(wordsOf(ran, environment.name, scratch));
      }
      releases.push({
        environment: environment.name,
        ...readManifests(ran.stdout, name, chart.path),
        values: environment.values,
      });
    }
    return { releases };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function render(
  { path }: ChartFolder,
  values: readonly string[],
  scratch: string,
  {
    helm = 'helm',
    timeoutMs = 20_000,
    maxBytes = 8 * 1024 * 1024,
  }: RenderOptions,
): Promise<Ran> {
  // Helm reads the chart's own values.yaml without being told to.
  const own = values
    .map(file => (path ? file.slice(path.length + 1) : file))
    .filter(file => file !== 'values.yaml')
    .map(file => join(scratch, 'chart', file));
  return runLimited(
    helm.includes('/') ? resolve(helm) : helm,
    [
      'template',
      'service',
      join(scratch, 'chart'),
      ...own.flatMap(file => ['--values', file]),
    ],
    scratch,
    { timeoutMs, maxBytes },
  );
}

/** Helm's own words, without the folders of this machine. */
function wordsOf({ code, stderr }: Ran, name: string, scratch: string): string {
  if (code === 127) {
    return 'The chart cannot be rendered: helm is missing. Install Helm 3 or later where the rules are asked, on the PATH.';
  }
  const said = stderr
    .replaceAll(`${scratch}/chart/`, '')
    .replaceAll(scratch, '')
    .replace(/^(Error: |Use --debug .*)/gm, '')
    .trim()
    .slice(0, 600);
  return `The chart cannot be rendered for ${name}: ${said || 'helm failed'}`;
}

/**
 * @param name - of the chart, which Helm puts before the paths of its templates
 * @param folder - of the chart, below the repository's root
 */
function readManifests(
  output: string,
  name: string,
  folder: string,
): Pick<Release, 'objects' | 'templates'> {
  const objects: Item[] = [];
  const templates: (string | null)[] = [];
  for (const text of output.split(/^---[ \t]*$/m)) {
    const [, template] = /^# Source: (.+)$/m.exec(text) ?? [];
    const own = template?.startsWith(`${name}/templates/`)
      ? `${folder && `${folder}/`}${template.slice(name.length + 1)}`
      : null;
    for (const object of itemsOf(text)) {
      objects.push(object);
      templates.push(own);
    }
  }
  return { objects, templates };
}

function itemsOf(text: string): Item[] {
  try {
    return objectsOf(text);
  } catch (error) {
    throw new FactsError(
      `What Helm makes of the chart ${(error as Error).message}`,
    );
  }
}
