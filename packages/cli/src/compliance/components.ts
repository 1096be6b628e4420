import { stat } from 'node:fs/promises';
import { basename, dirname, join, posix, resolve } from 'node:path';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import { folderSource } from '@waymark/backstage-plugin-compliance-node';
import { Document, LineCounter, parseAllDocuments } from 'yaml';

/** An entity of a working tree, and where it is written. */
export interface TreeEntity {
  entity: Entity;
  /** The folder of its file: what the portal takes for the component's files. */
  folder: string;
  /** Below the folder, `catalog-info.yaml`. */
  file: string;
  /** Of its document, from 1. */
  line: number;
}

/** A component, and what is described beside it. */
export interface TreeComponent extends TreeEntity {
  entityRef: string;
  siblings: readonly TreeEntity[];
}

const FILE = /^catalog-info\.ya?ml$/;
const MOST_BYTES = 256 * 1024;

/**
 * The components that a folder's catalog-info.yaml describes, those included that
 * it leads to by a Location.
 *
 * @param path - the folder, or the file itself
 * @throws NotFoundError, InputError in words for a person
 */
export async function readComponents(path: string): Promise<TreeComponent[]> {
  const { root, first } = await start(path);
  const paths = new Set(await folderSource(root).list());
  const wanted = [first ?? [...paths].find(file => FILE.test(file))];
  if (!wanted[0] || !paths.has(wanted[0])) {
    throw new NotFoundError(
      `${path} has no catalog-info.yaml, or Git ignores it: nothing says which component it is. Add one, or name the folder that has it.`,
    );
  }
  const seen = new Set<string>();
  const siblings: TreeEntity[] = [];
  for (const file of wanted as string[]) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const found of await readEntities(root, file)) {
      siblings.push(found);
      wanted.push(...targetsOf(found.entity, file, paths));
    }
  }
  const components = siblings
    .filter(({ entity }) => entity.kind.toLowerCase() === 'component')
    .map(found => ({
      ...found,
      entityRef: stringifyEntityRef(found.entity),
      siblings,
    }));
  if (components.length === 0) {
    throw new InputError(
      `${join(
        path,
        wanted[0],
      )} describes no component: it has no document of kind Component.`,
    );
  }
  return components;
}

async function start(path: string): Promise<{ root: string; first?: string }> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new NotFoundError(`There is no folder ${path}.`);
  const root = resolve(path);
  return found.isDirectory()
    ? { root }
    : { root: dirname(root), first: basename(root) };
}

async function readEntities(root: string, file: string): Promise<TreeEntity[]> {
  const bytes = await folderSource(root).read(file, MOST_BYTES);
  if (!bytes) throw new InputError(`${file} is larger than 256 KiB.`);
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(Buffer.from(bytes).toString('utf8'), {
    lineCounter,
    logLevel: 'silent',
  });
  return documents.flatMap(document => {
    const [error] = document.errors;
    const at = (offset = document.range[0]) =>
      Math.max(lineCounter.linePos(offset).line, 1);
    if (error) {
      const [words] = error.message.split('\n');
      throw new InputError(`${file}:${at(error.pos[0])}: ${words}`);
    }
    const entity = entityOf(valueOf(document, `${file}:${at()}`));
    return entity
      ? [
          {
            entity,
            folder: dirname(join(root, file)),
            file: basename(file),
            line: at(document.contents?.range?.[0]),
          },
        ]
      : [];
  });
}

/** In JSON, as the catalog has it: aliases are written out, and must have an end. */
function valueOf(document: Document, place: string): unknown {
  try {
    return JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 100 })));
  } catch (error) {
    const [words] = (error as Error).message.split('\n');
    throw new InputError(`${place}: cannot be written out: ${words}`);
  }
}

/** As the catalog would have it, as far as it is there: rules say what is missing. */
function entityOf(document: unknown): Entity | undefined {
  const { kind, metadata = {} } = (document ?? {}) as Record<string, unknown>;
  if (typeof kind !== 'string' || typeof metadata !== 'object')
    return undefined;
  const { name, namespace } = (metadata ?? {}) as Record<string, unknown>;
  return {
    ...(document as Entity),
    metadata: {
      ...(metadata as Entity['metadata']),
      name: typeof name === 'string' ? name : '',
      namespace: typeof namespace === 'string' ? namespace : 'default',
    },
  };
}

/** Files of the folder that a Location leads to; `*` stands for any name. */
function targetsOf(
  { kind, spec = {} }: Entity,
  file: string,
  paths: ReadonlySet<string>,
): string[] {
  if (kind !== 'Location') return [];
  return [spec.target, spec.targets].flat().flatMap(target => {
    if (typeof target !== 'string' || /^[a-z]+:\/\//i.test(target)) return [];
    const pattern = new RegExp(
      `^${posix
        .join(posix.dirname(file), target)
        .split('*')
        .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
        .join('[^/]*')}$`,
    );
    return [...paths].filter(path => pattern.test(path)).sort();
  });
}
