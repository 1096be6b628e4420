import { Commit } from '../git/commit';
import { FileChange } from '../git/diff';
import { mergeTree } from '../git/merge';
import { GitRepository } from '../git/repository';

/** What a pull request brings: commits, oldest first, and files. */
export interface PullContent {
  readonly commits: readonly Commit[];
  readonly files: readonly FileChange[];
}

const MOST_COMMITS = 250;
/** Of large pull requests these are some hundred MB. */
const MOST_KEPT = 20;

/** What lies between two commits, and whether they merge, is so for ever. */
class Comparisons<T> {
  private readonly kept = new Map<string, Promise<T>>();

  constructor(
    private readonly compare: (
      git: GitRepository,
      base: string,
      head: string,
    ) => Promise<T>,
  ) {}

  /**
   * @param base - a commit's hash, as `head` is
   */
  of(git: GitRepository, base: string, head: string): Promise<T> {
    const key = `${git.dir} ${base} ${head}`;
    const known = this.kept.get(key) ?? this.compare(git, base, head);
    this.kept.delete(key);
    this.kept.set(key, known);
    known.catch(() => this.kept.delete(key));
    if (this.kept.size > MOST_KEPT) {
      this.kept.delete(this.kept.keys().next().value!);
    }
    return known;
  }
}

/** What a head brings to a base. */
export const contents = new Comparisons<PullContent>(
  async (git, base, head) => {
    const from = (await git.mergeBase(base, head)) ?? base;
    const shas = await git.revList([head], {
      not: [base],
      limit: MOST_COMMITS,
      oldestFirst: true,
    });
    return {
      commits: await git.commits(shas),
      files: await git.diff(from, head),
    };
  },
);

/** Whether a head can be merged into a base. */
export const mergeables = new Comparisons<boolean>(
  async (git, base, head) => (await mergeTree(git, base, head)) !== undefined,
);
