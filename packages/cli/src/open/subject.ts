import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

const FILE = 'catalog-info.yaml';

const entitySchema = z.object({
  kind: z.string(),
  metadata: z.object({
    name: z.string(),
    namespace: z.string().default('default'),
  }),
});

/**
 * The entity that is meant: a name, a reference, or what the catalog file of a
 * folder describes; without a word that of the working tree.
 *
 * @returns its reference
 * @throws InputError where none is
 */
export function subjectOf(given: string | undefined, cwd: string): string {
  if (given === undefined) return readFile(fileAbove(cwd));
  const path = resolve(cwd, given);
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  if (isFolder && existsSync(join(path, FILE))) {
    return readFile(join(path, FILE));
  }
  if (existsSync(path) && statSync(path).isFile()) return readFile(path);
  const [, kind = 'component', namespace = 'default', name] =
    /^(?:([^:/]+):)?(?:([^:/]+)\/)?([\w.-]*\w)$/.exec(given) ?? [];
  if (name) return `${kind}:${namespace}/${name}`.toLowerCase();
  throw new InputError(
    isFolder
      ? `${given} has no ${FILE}.`
      : `${given} is neither a component nor a folder with a ${FILE}.`,
  );
}

function fileAbove(from: string): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const file = join(folder, FILE);
    if (existsSync(file)) return file;
    if (dirname(folder) === folder) break;
  }
  throw new InputError(
    `Which component? There is no ${FILE} here or above: name one.`,
  );
}

/** A repository may describe several things: its component is the one meant. */
function readFile(file: string): string {
  const entities = parseAllDocuments(readFileSync(file, 'utf8')).flatMap(
    document => {
      const { data } = entitySchema.safeParse(
        'toJS' in document ? document.toJS({ maxAliasCount: 100 }) : undefined,
      );
      return data ? [data] : [];
    },
  );
  const meant =
    entities.find(({ kind }) => kind.toLowerCase() === 'component') ??
    entities.at(0);
  if (!meant) throw new InputError(`${file} describes nothing of a catalog.`);
  const { kind, metadata } = meant;
  return `${kind}:${metadata.namespace}/${metadata.name}`.toLowerCase();
}
