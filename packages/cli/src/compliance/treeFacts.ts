import { posix, relative, sep } from 'node:path';
import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  FactErrors,
  Facts,
  ManifestFacts,
  Part,
  RepositoryFacts,
} from '@waymark/backstage-plugin-compliance-common';
import {
  FactsError,
  folderSource,
  readRepositoryFacts,
  readSloFacts,
  renderReleases,
  RenderOptions,
} from '@waymark/backstage-plugin-compliance-node';
import { TreeComponent, TreeEntity } from './components';

/** What can be known of a component without the portal and the Git host. */
export interface TreeFacts {
  facts: Facts;
  errors: FactErrors;
}

/** Why parts cannot be known from files, however good they are. */
const ELSEWHERE: FactErrors = {
  catalog:
    'It depends on entities that are in the catalog of the portal and not in this folder.',
  delivery:
    'It depends on settings of the Git host, which are not in the files. The portal asks there.',
};

/** Whether what is not known could not have been known from files. */
export function isElsewhere(reason: string | undefined): boolean {
  return Object.values(ELSEWHERE).some(words => words === reason);
}

/** The facts about components of one working tree; what they share is read once. */
export class TreeReader {
  private readonly folders = new Map<string, Promise<FolderFacts>>();

  constructor(private readonly options: RenderOptions) {}

  async read(component: TreeComponent): Promise<TreeFacts> {
    const folder = await this.folder(component.folder);
    const owner = ownerOf(component);
    const apis = apisOf(component, folder.repository.value);
    const slo = await settle(async () => {
      // Alerts and objectives may be in the chart.
      if (folder.manifest.error) throw new FactsError(folder.manifest.error);
      return readSloFacts(folderSource(component.folder), {
        entity: component.entity,
        owner,
        releases: folder.manifest.value?.releases,
      });
    });
    const { repository, manifest } = folder;
    const errors: FactErrors = { ...ELSEWHERE };
    const parts = { repository, manifest, slo };
    for (const [part, { error }] of Object.entries(parts)) {
      if (error) errors[part as Part] = error;
    }
    return {
      facts: {
        apiVersion: 'waymark.dev/v1',
        kind: 'Facts',
        catalog: { entity: { ...component.entity }, owner, apis },
        repository: repository.value,
        manifest: manifest.value,
        slo: slo.value,
      },
      errors,
    };
  }

  private folder(folder: string): Promise<FolderFacts> {
    const before = this.folders.get(folder);
    if (before) return before;
    const reading = readFolder(folder, this.options);
    this.folders.set(folder, reading);
    return reading;
  }
}

interface FolderFacts {
  repository: Settled<RepositoryFacts>;
  manifest: Settled<ManifestFacts>;
}

interface Settled<T> {
  value?: T;
  error?: string;
}

async function readFolder(
  folder: string,
  options: RenderOptions,
): Promise<FolderFacts> {
  const source = folderSource(folder);
  return {
    repository: await settle(() => readRepositoryFacts(source)),
    manifest: await settle(() => renderReleases(source, options)),
  };
}

async function settle<T>(read: () => Promise<T>): Promise<Settled<T>> {
  try {
    return { value: await read() };
  } catch (error) {
    if (!(error instanceof FactsError)) throw error;
    return { error: error.message };
  }
}

/** Undefined where it is not described beside the component: that is usual. */
function ownerOf({ entity, siblings }: TreeComponent): Entity | undefined {
  return find(siblings, entity, 'group', entity.spec?.owner)?.entity;
}

/** Undefined where one is described elsewhere. */
function apisOf(
  { entity, siblings, folder }: TreeComponent,
  repository: RepositoryFacts | undefined,
): Entity[] | undefined {
  const refs = entity.spec?.providesApis;
  if (!Array.isArray(refs)) return [];
  const found = refs.flatMap(ref => find(siblings, entity, 'api', ref) ?? []);
  if (found.length < refs.length || !repository) return undefined;
  const paths = new Set(repository.files.map(({ path }) => path));
  return found.map(api => withDefinition(api, folder, paths));
}

function find(
  entities: readonly TreeEntity[],
  { metadata: { namespace } }: Entity,
  defaultKind: string,
  ref: unknown,
): TreeEntity | undefined {
  if (typeof ref !== 'string') return undefined;
  try {
    const wanted = stringifyEntityRef(
      parseEntityRef(ref, { defaultKind, defaultNamespace: namespace }),
    );
    return entities.find(({ entity }) => stringifyEntityRef(entity) === wanted);
  } catch {
    return undefined;
  }
}

/** The catalog reads `$text: ./api/openapi.yaml`; a file that is gone says nothing. */
function withDefinition(
  { entity, folder: own }: TreeEntity,
  folder: string,
  paths: ReadonlySet<string>,
): Entity {
  const { definition } = entity.spec ?? {};
  if (typeof definition !== 'object' || definition === null) return entity;
  const [target] = Object.values(definition);
  const below = relative(folder, own).split(sep).join('/');
  const isThere =
    typeof target === 'string' &&
    (/^https?:/.test(target) || paths.has(posix.join(below, target)));
  return isThere
    ? entity
    : { ...entity, spec: { ...entity.spec, definition: '' } };
}
