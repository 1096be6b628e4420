import { FactsError } from './FactsError';
import { FileSource } from './FileSource';
import { isObject, Item, objectsOf, Release } from './objects';
import { parseDocuments } from './documents';
import { MOST_BYTES_OF_FILE, textOf } from './readRepositoryFacts';

/** Where manifests are kept that no chart makes, and one folder below. */
const MANIFESTS =
  /^(?:deploy|k8s|kubernetes|manifests)\/(?:([^/]+)\/)?[^/]+\.ya?ml$/;
/** What says how others are put together is no object itself. */
const KUSTOMIZATION = /(^|\/)kustomization\.ya?ml$/;
const ENVIRONMENT =
  /^(dev|development|int|integration|live|pre-?prod|preview|prod|production|qa|sandbox|stage|staging|test|testing|uat)$/i;
/** Only where something runs is there anything to judge. */
const RUNS = new Set([
  'ClusterWorkflowTemplate',
  'CronJob',
  'CronWorkflow',
  'DaemonSet',
  'Deployment',
  'Job',
  'Pod',
  'ReplicaSet',
  'StatefulSet',
  'Workflow',
  'WorkflowTemplate',
]);
const COMMON = 'manifests';
const MOST_OBJECTS = 2_000;

interface Found {
  object: Item;
  file: string;
}

/**
 * The objects of a repository without a chart, by environment where folders are
 * named after some; each has what is beside these folders too. Nothing is
 * rendered: what a kustomization would change is as the files have it.
 *
 * @returns none where nothing runs, such as with alerts alone
 * @throws FactsError where a file cannot be read
 */
export async function readManifestFolders(
  source: FileSource,
): Promise<Release[]> {
  const paths = (await source.list()).filter(path => MANIFESTS.test(path));
  const patches = await patchesOf(source, paths);
  const found = new Map<string, Found[]>();
  let count = 0;
  for (const path of paths) {
    const [, folder = ''] = MANIFESTS.exec(path)!;
    if (KUSTOMIZATION.test(path) || patches.has(path)) continue;
    if (folder === 'templates') continue;
    const objects = (await parse(source, path, objectsOf)).filter(isKubernetes);
    count += objects.length;
    if (count > MOST_OBJECTS) {
      throw new FactsError(
        `The repository has more than ${MOST_OBJECTS} Kubernetes objects, more than are looked at.`,
      );
    }
    const environment = ENVIRONMENT.test(folder) ? folder : COMMON;
    found.set(environment, [
      ...(found.get(environment) ?? []),
      ...objects.map(object => ({ object, file: path })),
    ]);
  }
  const common = found.get(COMMON) ?? [];
  found.delete(COMMON);
  const environments =
    found.size > 0 ? [...found] : [[COMMON, []] as [string, Found[]]];
  return environments
    .map(([environment, own]) => release(environment, own, common))
    .filter(({ objects }) => objects.some(({ kind }) => RUNS.has(`${kind}`)));
}

/** An environment's own object takes the place of the common one. */
function release(
  environment: string,
  own: readonly Found[],
  common: readonly Found[],
): Release {
  const names = new Set(own.map(nameOf));
  const all = [...own, ...common.filter(one => !names.has(nameOf(one)))];
  return {
    environment,
    objects: all.map(({ object }) => object),
    templates: all.map(({ file }) => file),
  };
}

function nameOf({ object: { kind, metadata } }: Found): string {
  const { name, namespace } = isObject(metadata) ? metadata : {};
  return JSON.stringify([kind, namespace, name]);
}

/** Values, compose files and the like are in such folders too. */
function isKubernetes({ apiVersion, kind }: Item): boolean {
  return (
    typeof apiVersion === 'string' &&
    typeof kind === 'string' &&
    !apiVersion.startsWith('kustomize.config.k8s.io/')
  );
}

/** Files with a part of an object, which a kustomization lays over another. */
async function patchesOf(
  source: FileSource,
  paths: readonly string[],
): Promise<Set<string>> {
  const patches = new Set<string>();
  for (const path of paths.filter(file => KUSTOMIZATION.test(file))) {
    const folder = path.slice(0, path.lastIndexOf('/'));
    const documents = await parse(source, path, text =>
      parseDocuments(path, text),
    );
    for (const document of documents.filter(isObject)) {
      for (const key of ['patches', 'patchesStrategicMerge']) {
        const entries = document[key];
        for (const entry of Array.isArray(entries) ? entries : []) {
          const file = isObject(entry) ? entry.path : entry;
          if (typeof file !== 'string') continue;
          patches.add(`${folder}/${file.replace(/^(\.\/)+/, '')}`);
        }
      }
    }
  }
  return patches;
}

async function parse<T>(
  source: FileSource,
  path: string,
  read: (text: string) => T[],
): Promise<T[]> {
  const bytes = await source.read(path, MOST_BYTES_OF_FILE);
  const text = bytes && textOf(bytes);
  if (text === undefined) {
    throw new FactsError(`${path} is larger than 256 KiB or no text.`);
  }
  try {
    return read(text);
  } catch (error) {
    throw new FactsError(`${path} ${(error as Error).message}`);
  }
}
