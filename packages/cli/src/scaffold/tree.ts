import { PreviewFile } from '@waymark/backstage-plugin-golden-paths-common';
import { plain } from '../compliance/paper';
import { Paint } from '../terminal/colours';

interface Folder {
  folders: Map<string, Folder>;
  files: Map<string, PreviewFile>;
}

const newFolder = (): Folder => ({ folders: new Map(), files: new Map() });

const byName = ([a]: [string, unknown], [b]: [string, unknown]) =>
  a < b ? -1 : 1;

const sizeWords = (bytes: number) =>
  bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} kB`;

/** Files as a tree, folders first. */
export function fileTree(files: readonly PreviewFile[], paint: Paint): string {
  const root = newFolder();
  for (const file of files) {
    const parts = file.path.split('/');
    const name = parts.pop()!;
    let folder = root;
    for (const part of parts) {
      const inner = folder.folders.get(part) ?? newFolder();
      folder.folders.set(part, inner);
      folder = inner;
    }
    folder.files.set(name, file);
  }
  return `${linesOf(root, '', paint).join('\n')}\n`;
}

function linesOf(folder: Folder, indent: string, paint: Paint): string[] {
  const entries: [string, Folder | PreviewFile][] = [
    ...[...folder.folders].sort(byName),
    ...[...folder.files].sort(byName),
  ];
  return entries.flatMap(([name, entry], index) => {
    const isLast = index === entries.length - 1;
    const branch = `${indent}${isLast ? '└── ' : '├── '}`;
    if ('folders' in entry) {
      const below = `${indent}${isLast ? '    ' : '│   '}`;
      return [
        `${branch}${paint('bold', `${plain(name)}/`)}`,
        ...linesOf(entry, below, paint),
      ];
    }
    const mark = entry.executable ? '*' : '';
    return [
      `${branch}${plain(name)}${mark} ${paint('dim', sizeWords(entry.size))}`,
    ];
  });
}
