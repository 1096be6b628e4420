/** What happened to one file, in GitHub's words. */
export type FileStatus =
  | 'added'
  | 'removed'
  | 'modified'
  | 'renamed'
  | 'copied'
  | 'changed';

/** One file of a diff. */
export interface FileChange {
  path: string;
  previousPath?: string;
  status: FileStatus;
  /** Blob after the change; before it for a removed file. */
  sha: string;
  additions: number;
  deletions: number;
  binary: boolean;
  /** Hunks only; absent for binary, empty and over-long changes. */
  patch?: string;
}

const STATUS: Record<string, FileStatus> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  C: 'copied',
  T: 'changed',
};

/** Reads the output of `git diff-tree --raw --numstat -z`. */
export function parseRawNumstat(output: string): FileChange[] {
  const parts = output.split('\0');
  const files: FileChange[] = [];
  let i = 0;
  for (; i < parts.length && parts[i].startsWith(':'); ) {
    const [, , before, after, letter] = parts[i].split(' ');
    const status = STATUS[letter[0]] ?? 'modified';
    const moved = letter[0] === 'R' || letter[0] === 'C';
    files.push({
      path: moved ? parts[i + 2] : parts[i + 1],
      ...(moved ? { previousPath: parts[i + 1] } : {}),
      status,
      sha: status === 'removed' ? before : after,
      additions: 0,
      deletions: 0,
      binary: false,
    });
    i += moved ? 3 : 2;
  }
  for (const file of files) {
    const [added, removed] = (parts[i] ?? '').split('\t');
    file.binary = added === '-';
    file.additions = Number(added) || 0;
    file.deletions = Number(removed) || 0;
    i += file.previousPath === undefined ? 1 : 3;
  }
  return files;
}

/** Puts the hunks of `git diff-tree -p` to the files, which come in the same order. */
export function attachPatches(
  files: FileChange[],
  patchText: string,
  maxPatch: number,
): FileChange[] {
  const sections = `\n${patchText}`.split('\ndiff --git ').slice(1);
  let next = 0;
  return files.map(file => {
    const section = sections[next] ?? '';
    // A change of type is written as a removal and an addition.
    next += file.status === 'changed' ? 2 : 1;
    const start = section.indexOf('\n@@ ');
    if (file.binary || start < 0) {
      return file;
    }
    const patch = section.slice(start + 1).replace(/\n$/, '');
    return patch.length > maxPatch ? file : { ...file, patch };
  });
}
