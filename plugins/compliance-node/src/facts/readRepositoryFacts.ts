import { setImmediate as turn } from 'node:timers/promises';
import { RepositoryFacts } from '@waymark/backstage-plugin-compliance-common';
import { hasDocuments, parseDocuments } from './documents';
import { FactsError } from './FactsError';
import { FileSource, MOST_FILES } from './FileSource';
import { isReadable } from './readable';

type File = RepositoryFacts['files'][number];

const KIB = 1024;
export const MOST_BYTES_OF_FILE = 256 * KIB;
const MOST_BYTES = 8 * KIB * KIB;

/**
 * The files that rules look at: all paths, and the text of those that are made
 * to be read. A file that cannot be read says why and is none for the rules.
 *
 * Text may hold a secret that should not be in the repository: it is for rules
 * and is never shown.
 *
 * @throws FactsError where the repository as a whole cannot be looked at
 */
export async function readRepositoryFacts(
  source: FileSource,
  origin: Pick<RepositoryFacts, 'url' | 'branch' | 'commit'> = {},
): Promise<RepositoryFacts> {
  const paths = [...(await source.list())].sort();
  if (paths.length > MOST_FILES) {
    throw new FactsError(
      `The repository has more than ${MOST_FILES} files, more than are looked at.`,
    );
  }
  const files: File[] = [];
  let left = MOST_BYTES;
  for (const path of paths) {
    if (!isReadable(path)) {
      files.push({ path });
      continue;
    }
    const file = await readFile(source, path, left);
    left -= file.text?.length ?? 0;
    files.push(file);
  }
  return { ...origin, files };
}

async function readFile(
  source: FileSource,
  path: string,
  left: number,
): Promise<File> {
  const most = Math.min(MOST_BYTES_OF_FILE, left);
  const bytes = await source.read(path, most);
  if (!bytes) {
    const error =
      most < MOST_BYTES_OF_FILE
        ? 'was not read: the files before it are 8 MiB already'
        : 'is larger than 256 KiB';
    return { path, error };
  }
  const text = textOf(bytes);
  if (text === undefined) return { path, error: 'is no text' };
  if (!hasDocuments(path)) return { path, text };
  // A large document takes a while, and others want to be served between two.
  await turn();
  try {
    return { path, text, documents: parseDocuments(path, text) };
  } catch (error) {
    return { path, text, error: (error as Error).message };
  }
}

/** Text in UTF-8, without the mark that some editors begin it with. */
export function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
