import { isMap, parseAllDocuments } from 'yaml';
import { Tree, TreeEntry } from '../upgrade';
import { isObject } from './form';

/** Where the catalog reads a repository, unless it says otherwise. */
export const CATALOG_INFO_PATH = 'catalog-info.yaml';

const MOST_BYTES = 256 * 1024;
const MOST_ALIASES = 100;

/** What is known of the component that a repository holds. */
export interface Component {
  metadata: Record<string, unknown>;
  spec: Record<string, unknown>;
}

/** The text of a file that people read; undefined for links and what is large. */
export function smallText(entry: TreeEntry | undefined): string | undefined {
  if (!entry || entry.mode === '160000' || entry.mode === '120000') {
    return undefined;
  }
  return entry.content.length > MOST_BYTES
    ? undefined
    : entry.content.toString('utf8');
}

/**
 * Reads the documents of a catalog file that are components.
 *
 * @returns nothing where the file is no YAML that the catalog would take
 */
export function componentsIn(
  text: string,
): (Component & { document: number })[] {
  let documents;
  try {
    documents = parseAllDocuments(text, { logLevel: 'error' });
  } catch {
    return [];
  }
  if ('empty' in documents) return [];
  return documents.flatMap((one, document) => {
    if (one.errors.length > 0 || !isMap(one.contents)) return [];
    try {
      const value: unknown = one.toJS({ maxAliasCount: MOST_ALIASES });
      const component = componentOf(value);
      return component ? [{ ...component, document }] : [];
    } catch {
      // Aliases of aliases, or too many levels.
      return [];
    }
  });
}

/** The component that a repository's own catalog file describes first. */
export function componentOfTree(
  tree: Tree,
  path = CATALOG_INFO_PATH,
): Component | undefined {
  const text = smallText(tree.get(path));
  return text === undefined ? undefined : componentsIn(text)[0];
}

/** An entity as far as it is read here; undefined where it is no component. */
export function componentOf(entity: unknown): Component | undefined {
  if (!isObject(entity) || entity.kind !== 'Component') return undefined;
  const { metadata, spec } = entity;
  if (!isObject(metadata)) return undefined;
  return { metadata, spec: isObject(spec) ? spec : {} };
}
