import { posix } from 'node:path';
import { Tree, TreeEntry } from '../upgrade';

/** Larger files are compared as a whole. */
const MOST_BYTES = 512 * 1024;
const MOST_LINES = 20_000;
/** Lines are told apart by so many characters. */
const MOST_LENGTH = 500;
/** Files of the same name that are looked at for one that was moved. */
const MOST_NAMESAKES = 5;

/** The lines of a text that say something, and how often each is there. */
export type Lines = ReadonlyMap<string, number>;

/**
 * The lines of a file; undefined for links, for what is no text and for what is
 * larger than anybody writes.
 */
export function rowsOf(entry: TreeEntry | undefined): string[] | undefined {
  if (!entry || entry.mode === '160000' || entry.mode === '120000') {
    return undefined;
  }
  const { content } = entry;
  if (content.length > MOST_BYTES || content.includes(0)) return undefined;
  return content
    .toString('utf8')
    .split('\n', MOST_LINES)
    .map(line => line.slice(0, MOST_LENGTH).trimEnd());
}

/** Without brackets that stand alone, and without what only keeps a distance. */
export function linesOf(entry: TreeEntry | undefined): Lines | undefined {
  const rows = rowsOf(entry);
  if (!rows) return undefined;
  const lines = new Map<string, number>();
  for (const row of rows) {
    if (!/[\p{L}\p{N}]/u.test(row)) continue;
    const line = row.trim();
    lines.set(line, (lines.get(line) ?? 0) + 1);
  }
  return lines;
}

/** A repository, of which only what is asked for is looked at. */
export class RepositoryView {
  private readonly cache = new Map<string, Lines | undefined>();
  private names?: Map<string, string[]>;

  constructor(readonly tree: Tree) {}

  lines(path: string): Lines | undefined {
    if (!this.cache.has(path)) {
      this.cache.set(path, linesOf(this.tree.get(path)));
    }
    return this.cache.get(path);
  }

  /** Files of that name in other folders. */
  namesakes(path: string): string[] {
    if (!this.names) {
      this.names = new Map();
      for (const other of this.tree.keys()) {
        const name = posix.basename(other);
        const known = this.names.get(name) ?? [];
        if (known.length <= MOST_NAMESAKES) known.push(other);
        this.names.set(name, known);
      }
    }
    return (this.names.get(posix.basename(path)) ?? [])
      .filter(other => other !== path)
      .slice(0, MOST_NAMESAKES);
  }
}
