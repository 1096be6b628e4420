import { isSame, Tree, TreeEntry } from '../upgrade';
import { SCAFFOLD_RECORD_PATH } from '@waymark/backstage-plugin-golden-paths-common';
import { Lines, linesOf, RepositoryView } from './RepositoryView';

/** From here on a file elsewhere is the one that was moved. */
const MOVED = 0.5;
/** Lines of one file beyond these say nothing more: lock files are long. */
const MOST_LINES = 400;
/** What a file takes away that is not there at all, however long it would be. */
const MISSING = -3;

/** How far a repository has one of the files that a golden path makes. */
export interface FileLikeness {
  path: string;
  /** Where the repository has it, if in another place. */
  at?: string;
  /** 0..1, by lines. */
  likeness: number;
  /** To the byte. */
  same: boolean;
  /** How much it tells of the golden path. */
  weight: number;
  /** What is there less what is missing, all lines alike. */
  gain: number;
}

/** How far a repository is what a golden path makes. */
export interface Likeness {
  /** 0..1: files by their likeness, each as heavy as what it tells. */
  confidence: number;
  /** What is there less what is missing: the more, the better the answers fit. */
  gain: number;
  files: FileLikeness[];
}

/** Of how many golden paths each line is, so that what all write tells little. */
export class Rarity {
  private readonly counts = new Map<string, number>();

  /** @param renders - what each golden path makes */
  constructor(renders: readonly Tree[]) {
    for (const tree of renders) {
      for (const [path, entry] of tree) {
        for (const line of linesOf(entry)?.keys() ?? []) {
          const key = `${path}\n${line}`;
          this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
        }
      }
    }
  }

  weight(path: string, line: string): number {
    return 1 / (this.counts.get(`${path}\n${line}`) ?? 1);
  }
}

/** A number of lines, and the same with those that few write counting more. */
interface Weight {
  lines: number;
  rare: number;
}
const NONE: Lines = new Map();

/** Measures what golden paths make against one repository. */
export class Measure {
  private readonly cache = new Map<
    string,
    { entry: TreeEntry; file: FileLikeness }[]
  >();

  constructor(
    private readonly view: RepositoryView,
    private readonly rarity: Rarity,
  ) {}

  of(made: Tree): Likeness {
    const files: FileLikeness[] = [];
    for (const [path, entry] of made) {
      if (path !== SCAFFOLD_RECORD_PATH) files.push(this.file(path, entry));
    }
    const sum = (value: (file: FileLikeness) => number) =>
      files.reduce((all, file) => all + value(file), 0);
    const whole = sum(({ weight }) => weight);
    return {
      confidence:
        whole === 0
          ? 0
          : sum(({ weight, likeness }) => weight * likeness) / whole,
      gain: sum(({ gain }) => gain),
      files,
    };
  }

  /** Most files are the same whatever the answers are. */
  private file(path: string, entry: TreeEntry): FileLikeness {
    const known = this.cache.get(path) ?? [];
    const before = known.find(one => isSame(one.entry, entry));
    if (before) return before.file;
    const file = this.measure(path, entry);
    this.cache.set(path, [...known, { entry, file }]);
    return file;
  }

  private measure(path: string, entry: TreeEntry): FileLikeness {
    const own = this.view.tree.get(path);
    const same = isContent(own, entry);
    const lines = linesOf(entry);
    if (!lines || lines.size === 0) {
      const likeness = same ? 1 : 0;
      return { path, likeness, same, weight: 1, gain: same ? 1 : MISSING };
    }
    const whole = this.weigh(path, lines, lines);
    const found = same ? whole : this.weigh(path, lines, this.view.lines(path));
    const file = this.describe(path, whole, found);
    if (own) return { ...file, same };
    const moved = this.view
      .namesakes(path)
      .map(at => ({
        ...this.describe(
          path,
          whole,
          this.weigh(path, lines, this.view.lines(at)),
        ),
        at,
      }))
      .sort((one, other) => other.likeness - one.likeness)
      .find(({ likeness }) => likeness >= MOVED);
    return moved ?? file;
  }

  private describe(path: string, whole: Weight, found: Weight): FileLikeness {
    const part = found.lines / whole.lines;
    return {
      path,
      same: false,
      likeness: found.rare / whole.rare,
      weight: Math.sqrt(Math.min(whole.rare, MOST_LINES)),
      gain:
        part === 0
          ? MISSING
          : Math.sqrt(Math.min(whole.lines, MOST_LINES)) * (2 * part - 1),
    };
  }

  /** @param other - only what is there as well; nothing where it is no text */
  private weigh(
    path: string,
    lines: Lines,
    other: Lines | undefined = NONE,
  ): Weight {
    const sum = { lines: 0, rare: 0 };
    for (const [line, count] of lines) {
      const shared = Math.min(count, other.get(line) ?? 0);
      if (shared === 0) continue;
      sum.lines += shared;
      sum.rare += shared * this.rarity.weight(path, line);
    }
    return sum;
  }
}

function isContent(one: TreeEntry | undefined, other: TreeEntry): boolean {
  return (
    one !== undefined &&
    one.mode !== '160000' &&
    one.mode !== '120000' &&
    other.mode !== '160000' &&
    one.content.equals(other.content)
  );
}
