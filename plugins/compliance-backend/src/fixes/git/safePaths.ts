import { ConflictError } from '@backstage/errors';
import { z } from 'zod';
import { GithubClient } from '@waymark/repositories';

const MOST_FILES = 10;
const MOST_BYTES = 256 * 1024;

const treeSchema = z.object({
  tree: z.array(z.object({ path: z.string(), mode: z.string() })),
  truncated: z.boolean().default(false),
});

/** Mode of each file that is there, executable ones as they are. */
export type Modes = ReadonlyMap<string, string>;

/**
 * Refuses what leaves the repository: by a path, through a link, or into a
 * repository inside it.
 *
 * @param files - new text by path, below the repository's root
 * @throws ConflictError
 */
export async function safeModes(
  client: GithubClient,
  commit: string,
  files: ReadonlyMap<string, string>,
): Promise<Modes> {
  if (files.size > MOST_FILES) {
    throw new ConflictError(`More than ${MOST_FILES} files would change.`);
  }
  for (const [path, text] of files) {
    if (!isInside(path)) {
      throw new ConflictError(`${path} is no path of a file to be changed.`);
    }
    if (Buffer.byteLength(text) > MOST_BYTES) {
      throw new ConflictError(`${path} would be larger than 256 KiB.`);
    }
  }
  const answer = await client.find(
    treeSchema,
    `/git/trees/${commit}?recursive=1`,
  );
  if (!answer || answer.truncated) {
    throw new ConflictError(
      'The repository is too large to be looked through.',
    );
  }
  const modes = new Map(answer.tree.map(({ path, mode }) => [path, mode]));
  for (const path of files.keys()) {
    const steps = path.split('/');
    for (let length = 1; length <= steps.length; length += 1) {
      const part = steps.slice(0, length).join('/');
      const mode = modes.get(part);
      const isFile = length === steps.length;
      const isFine =
        mode === undefined || (isFile ? /^100/.test(mode) : mode === '040000');
      if (!isFine) {
        throw new ConflictError(
          `${part} is a link or another repository, which is not changed by itself.`,
        );
      }
    }
  }
  return modes;
}

function isInside(path: string): boolean {
  return (
    path.length <= 300 &&
    !/[\p{C}\\]/u.test(path) &&
    path
      .split('/')
      .every(step => step !== '' && !/^(\.{1,2}|\.git)$/i.test(step))
  );
}
