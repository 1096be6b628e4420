import { UrlReaderService } from '@backstage/backend-plugin-api';
import { ANNOTATION_LOCATION, Entity } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import {
  FactErrors,
  Facts,
  RepositoryFacts,
} from '@waymark/backstage-plugin-compliance-common';
import {
  FileSource,
  memorySource,
  readRepositoryFacts,
  renderReleases,
} from '@waymark/backstage-plugin-compliance-node';
import gitUrlParse from 'git-url-parse';
import { keyOf, Repository } from '@waymark/repositories';
import { PlatformCharts } from '../facts/collectors/PlatformCharts';
import { readTree } from '../facts/collectors/repositoryFacts';
import { within } from '../within';
import { Files } from './Fix';

const TREE_MS = 60_000;
const BYTE_ORDER_MARK = '\ufeff';

/** What a tree is read with. */
export interface TreeServices {
  urlReader: UrlReaderService;
  charts: PlatformCharts;
  /** The program. */
  helm: string;
}

type OfFiles = Pick<Facts, 'repository' | 'manifest'>;

/** A component's files at one commit, and what they would say if changed. */
export class WorkingTree {
  private constructor(
    private readonly services: TreeServices,
    private readonly source: FileSource,
    readonly commit: string,
    readonly facts: OfFiles & { repository: RepositoryFacts },
    readonly errors: FactErrors,
  ) {}

  /** @throws ConflictError where the host does not hand the files over */
  static async read(
    services: TreeServices,
    repository: Repository,
  ): Promise<WorkingTree> {
    const never = new AbortController().signal;
    const tree = await within(TREE_MS, never, signal =>
      readTree(services.urlReader, repository, undefined, signal),
    ).catch(() => undefined);
    if (!tree) {
      throw new ConflictError('The Git host did not hand over the repository.');
    }
    const { source, commit } = tree;
    const files = await readRepositoryFacts(source, {
      url: repository.url,
      commit,
    });
    const { manifest, error } = await render(services, source);
    return new WorkingTree(
      services,
      source,
      commit,
      { repository: files, ...(manifest && { manifest }) },
      { ...(error && { manifest: error }) },
    );
  }

  get files(): Files {
    const { files } = this.facts.repository;
    const texts = new Map(files.map(({ path, text }) => [path, text]));
    return {
      paths: new Set(texts.keys()),
      text: path => texts.get(path),
    };
  }

  /**
   * What would be known if these files were merged.
   *
   * @param deployed - whether they have a part in what is deployed
   */
  async with(
    changed: ReadonlyMap<string, string>,
    deployed: boolean,
  ): Promise<{ facts: OfFiles; errors: FactErrors }> {
    const contents = memorySource(Object.fromEntries(changed));
    const { files } = await readRepositoryFacts(contents);
    const repository = {
      ...this.facts.repository,
      files: [
        ...this.facts.repository.files.filter(({ path }) => !changed.has(path)),
        ...files,
      ],
    };
    if (!deployed) {
      return { facts: { ...this.facts, repository }, errors: this.errors };
    }
    const { manifest, error } = await render(
      this.services,
      overlay(this.source, contents, changed),
    );
    return {
      facts: { repository, ...(manifest && { manifest }) },
      errors: { ...(error && { manifest: error }) },
    };
  }

  /** The mark that some editors begin a file with stays. */
  async asWritten(path: string, text: string): Promise<string> {
    if (!this.files.paths.has(path)) return text;
    const before = await this.source.read(path, Number.MAX_SAFE_INTEGER);
    const marked = Buffer.from(before ?? [])
      .subarray(0, 3)
      .toString('hex');
    return marked === 'efbbbf' ? `${BYTE_ORDER_MARK}${text}` : text;
  }
}

function overlay(
  source: FileSource,
  contents: FileSource,
  changed: ReadonlyMap<string, string>,
): FileSource {
  return {
    list: async () =>
      [...new Set([...(await source.list()), ...changed.keys()])].sort(),
    read: (path, maxBytes) =>
      (changed.has(path) ? contents : source).read(path, maxBytes),
  };
}

async function render(
  { charts, helm }: TreeServices,
  source: FileSource,
): Promise<{ manifest?: Facts['manifest']; error?: string }> {
  try {
    const { folders } = await charts.read();
    return {
      manifest: await renderReleases(source, { helm, charts: folders }),
    };
  } catch (error) {
    const { name, message } = error as Error;
    const isOurs = name === 'FactsError';
    return { error: isOurs ? message : 'What is deployed cannot be read.' };
  }
}

/**
 * The file that the catalog reads a component from, below its folder.
 *
 * @throws ConflictError where that is in another repository: only who can change
 * what the portal may show and change of it speaks for it
 */
export function catalogFileOf(entity: Entity, repository: Repository): string {
  const location = entity.metadata.annotations?.[ANNOTATION_LOCATION] ?? '';
  const folder = folderOf(repository);
  try {
    const target = location.replace(/^url:/, '');
    const { owner, name, filepath } = gitUrlParse(target);
    const { host } = new URL(target);
    const path = decodeURIComponent(filepath);
    if (
      keyOf({ host, owner, name }) === keyOf(repository) &&
      path.startsWith(folder)
    ) {
      return path.slice(folder.length);
    }
  } catch {
    // No address of a file.
  }
  throw new ConflictError(
    'The catalog reads the component from another place than its repository. Change it there.',
  );
}

/** Of the component in its repository, with a slash at its end; or empty. */
export function folderOf({ url }: Repository): string {
  const path = decodeURIComponent(gitUrlParse(url).filepath).replace(
    /^\/+|\/+$/g,
    '',
  );
  return path && `${path}/`;
}
