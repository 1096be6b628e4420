import { PreviewFile } from '@waymark/backstage-plugin-golden-paths-common';

/** A folder or a file of the tree. */
export type TreeNode = {
  /** Its own name, without the folders above it. */
  name: string;
  /** From the root of the repository; folders end in a slash. */
  path: string;
  /** What is in the folder; a file has none. */
  children?: TreeNode[];
};

type Folder = TreeNode & { children: TreeNode[] };

/** Puts files into their folders: folders first, each by name. */
export function fileTree(files: PreviewFile[]): TreeNode[] {
  const root: Folder = { name: '', path: '', children: [] };
  const folders = new Map<string, Folder>([['', root]]);
  const folderOf = (path: string): Folder => {
    const known = folders.get(path);
    if (known) return known;
    const parts = path.slice(0, -1).split('/');
    const name = parts.pop()!;
    const made: Folder = { name, path, children: [] };
    folders.set(path, made);
    folderOf(parts.map(part => `${part}/`).join('')).children.push(made);
    return made;
  };
  for (const { path } of files) {
    const split = path.lastIndexOf('/') + 1;
    folderOf(path.slice(0, split)).children.push({
      name: path.slice(split),
      path,
    });
  }
  for (const { children } of folders.values()) {
    children.sort(
      (a, b) =>
        Number(!a.children) - Number(!b.children) ||
        a.name.localeCompare(b.name, 'en'),
    );
  }
  return root.children;
}

/** The paths of all folders that the files are in. */
export function folderPaths(files: PreviewFile[]): string[] {
  const folders = new Set<string>();
  for (const { path } of files) {
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
      folders.add(path.slice(0, at + 1));
    }
  }
  return [...folders];
}

/** The files whose path has the text in it, in small or capital letters. */
export function matching(files: PreviewFile[], text: string): PreviewFile[] {
  const wanted = text.trim().toLowerCase();
  return files.filter(({ path }) => path.toLowerCase().includes(wanted));
}
