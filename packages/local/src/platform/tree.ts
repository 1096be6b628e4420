import { createHash } from 'node:crypto';
import { PlatformFile } from './files';

interface Entry {
  mode: string;
  name: string;
  hash: string;
}

/** The name that git gives to the tree of these files, without asking git. */
export function treeHash(files: PlatformFile[]): string {
  const entries: Entry[] = [];
  const folders = new Map<string, PlatformFile[]>();
  for (const file of files) {
    const slash = file.path.indexOf('/');
    if (slash < 0) {
      const mode = file.executable ? '100755' : '100644';
      const hash = objectHash('blob', file.content);
      entries.push({ mode, name: file.path, hash });
    } else {
      const name = file.path.slice(0, slash);
      const below = { ...file, path: file.path.slice(slash + 1) };
      folders.set(name, [...(folders.get(name) ?? []), below]);
    }
  }
  for (const [name, below] of folders) {
    entries.push({ mode: '40000', name, hash: treeHash(below) });
  }
  return objectHash(
    'tree',
    Buffer.concat(
      entries
        .sort(byGitOrder)
        .flatMap(({ mode, name, hash }) => [
          Buffer.from(`${mode} ${name}\0`),
          Buffer.from(hash, 'hex'),
        ]),
    ),
  );
}

/** By bytes, a folder as if its name ended in a slash. */
function byGitOrder(one: Entry, other: Entry): number {
  const key = ({ mode, name }: Entry) =>
    Buffer.from(mode === '40000' ? `${name}/` : name);
  return Buffer.compare(key(one), key(other));
}

function objectHash(type: 'blob' | 'tree', content: Buffer): string {
  return createHash('sha1')
    .update(`${type} ${content.length}\0`)
    .update(content)
    .digest('hex');
}
