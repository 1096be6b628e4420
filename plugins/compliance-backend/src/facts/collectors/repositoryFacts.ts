import { UrlReaderService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import {
  CatalogFacts,
  ManifestFacts,
  Part,
} from '@waymark/backstage-plugin-compliance-common';
import {
  FactsError,
  FileSource,
  memorySource,
  readRepositoryFacts,
  readSloFacts,
  renderReleases,
} from '@waymark/backstage-plugin-compliance-node';
import { Repository } from '@waymark/repositories';
import {
  againAfter,
  Collection,
  known,
  unchanged,
  unknown,
} from '../Collected';
import { Fact } from '../FactStore';
import { within } from '../../within';
import { PlatformCharts } from './PlatformCharts';

/** The parts that are made of a repository's files. */
export const OF_REPOSITORY = ['repository', 'manifest', 'slo'] as const;

/** Raised when the same files make other facts, so that all are read again. */
const READ_AS = '2';

const TREE_MS = 60_000;
const MOST_FILES = 20_000;
const MOST_BYTES = 256 * 1024;
const MOST_BYTES_TOGETHER = 64 * 1024 * 1024;

/** What the collection of a repository needs. */
export interface RepositoryServices {
  urlReader: UrlReaderService;
  charts: PlatformCharts;
  /** The program. */
  helm: string;
}

/**
 * The files of a repository, what it deploys, and how its reliability is
 * stated: one read of one commit, and none where that is the one known before.
 */
export async function collectRepository(
  services: RepositoryServices,
  repository: Repository,
  catalog: Fact,
  { entity, before, signal }: Collection,
): Promise<Fact[]> {
  const charts = await settle(() => services.charts.read());
  // What else they depend on: annotations page, and charts lend templates.
  const state = [
    READ_AS,
    'hash' in catalog ? catalog.hash : '',
    'value' in charts ? charts.value.state : '',
  ].join(' ');
  let tree;
  try {
    tree = await within(TREE_MS, signal, end =>
      readTree(services.urlReader, repository, etagOf(before, state), end),
    );
  } catch (error) {
    const reason = wordsOf(error, repository);
    const origin = { source: repository.url, again: againAfter(error) };
    return OF_REPOSITORY.map(part => unknown(part, reason, origin));
  }
  if (!tree) return OF_REPOSITORY.map(part => unchanged(before.get(part)!));

  const { source, commit } = tree;
  const origin = {
    source: `${repository.url} @ ${commit.slice(0, 12)}`,
    etag: `${commit} ${state}`,
  };
  const read = async <T>(part: Part, work: () => Promise<T>) => {
    const result = await settle(work);
    return 'value' in result
      ? known(part, result.value, origin)
      : unknown(part, wordsOf(result.error, repository), {
          source: origin.source,
          again: againAfter(result.error),
        });
  };
  const files = await read('repository', () =>
    readRepositoryFacts(source, {
      url: repository.url,
      ...(repository.branch && { branch: repository.branch }),
      commit,
    }),
  );
  const manifest = await read('manifest', () =>
    render(source, services.helm, charts),
  );
  const slo = await read('slo', () =>
    readSlo(source, entity, catalog, manifest),
  );
  return [files, manifest, slo];
}

async function render(
  source: FileSource,
  helm: string,
  charts: Settled<{ folders: string[] }>,
): Promise<ManifestFacts> {
  const folders = 'value' in charts ? charts.value.folders : [];
  try {
    return await renderReleases(source, { helm, charts: folders });
  } catch (error) {
    // Most likely it depends on one of those.
    throw 'error' in charts ? charts.error : error;
  }
}

async function readSlo(
  source: FileSource,
  entity: Entity,
  catalog: Fact,
  manifest: Fact,
) {
  // Who is paged may be written with the owner, alerts may be in the chart.
  if ('error' in catalog) throw new FactsError(catalog.error);
  if ('error' in manifest) throw new FactsError(manifest.error);
  const { owner } = catalog.data as CatalogFacts & { owner?: Entity | null };
  const { releases } = manifest.data as ManifestFacts;
  return readSloFacts(source, { entity, owner, releases });
}

/** The commit that all three parts come from, if nothing else has changed. */
function etagOf(
  before: Collection['before'],
  state: string,
): string | undefined {
  const etags = new Set(
    OF_REPOSITORY.map(part => {
      const fact = before.get(part);
      return fact && 'data' in fact ? fact.etag : undefined;
    }),
  );
  const [etag] = etags;
  if (etags.size !== 1 || !etag?.endsWith(` ${state}`)) return undefined;
  return etag.slice(0, etag.length - state.length - 1);
}

/** Undefined where the commit is the one of the ETag. */
export async function readTree(
  urlReader: UrlReaderService,
  { url }: Repository,
  etag: string | undefined,
  signal: AbortSignal,
): Promise<{ source: FileSource; commit: string } | undefined> {
  let files = 0;
  let bytes = 0;
  const large = new Map<string, number>();
  try {
    const tree = await urlReader.readTree(url, {
      ...(etag && { etag }),
      signal,
      filter: (path, info) => {
        files += 1;
        const size = info?.size ?? 0;
        if (files > MOST_FILES) {
          throw new FactsError(
            `The repository has more than ${MOST_FILES} files, more than are looked at.`,
          );
        }
        if (size <= MOST_BYTES) bytes += size;
        if (size > MOST_BYTES || bytes > MOST_BYTES_TOGETHER) {
          large.set(path, size);
          return false;
        }
        return true;
      },
    });
    const contents: Record<string, Uint8Array> = {};
    for (const file of await tree.files()) {
      contents[file.path] = await file.content();
    }
    return { source: withLarge(contents, large), commit: tree.etag };
  } catch (error) {
    if (etag && (error as Error).name === 'NotModifiedError') return undefined;
    throw error;
  }
}

/** Files that are too large to be read are there all the same. */
function withLarge(
  contents: Record<string, Uint8Array>,
  large: ReadonlyMap<string, number>,
): FileSource {
  const source = memorySource(contents);
  return {
    list: async () => [...(await source.list()), ...large.keys()].sort(),
    read: async (path, maxBytes) =>
      large.has(path) ? undefined : source.read(path, maxBytes),
  };
}

type Settled<T> = { value: T } | { error: unknown };

async function settle<T>(work: () => Promise<T>): Promise<Settled<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error };
  }
}

/** Words for the owner: what a Git host says may hold addresses of the inside. */
function wordsOf(error: unknown, { url }: Repository): string {
  const { name, message } = error as Error;
  if (name === 'FactsError') return message;
  if (name === 'NotFoundError') {
    return `There is nothing at ${url}, or the portal may not read it.`;
  }
  if (name === 'AbortError' || name === 'TimeoutError') {
    return 'The Git host took too long.';
  }
  return /rate limit/i.test(message)
    ? 'The Git host has had too many questions from the portal this hour.'
    : 'The Git host did not hand over the repository.';
}
