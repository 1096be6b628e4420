import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isAbbreviatedSha, isFullRef, isRefName, isSha } from '../names';
import { Commit, parseCommit } from './commit';
import { attachPatches, FileChange, parseRawNumstat } from './diff';
import { git, GitRunOptions, gitText } from './exec';

/** The id git gives the tree without entries. */
export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
/** Stands for "no object" in pushes. */
export const ZERO_SHA = '0'.repeat(40);

const MAX_DIFF_BYTES = 8 * 1024 * 1024;
const MAX_PATCH = 400_000;

/** An entry of a tree. */
export interface TreeEntry {
  mode: string;
  type: 'blob' | 'tree' | 'commit';
  sha: string;
  /** Bytes; only blobs have it. */
  size?: number;
  path: string;
}

/** A ref and what it points to. */
export interface Ref {
  name: string;
  sha: string;
  /** For an annotated tag the object it tags, else the same as sha. */
  peeled: string;
}

/** Reading one bare repository. Names are checked before they reach git. */
export class GitRepository {
  constructor(readonly dir: string) {}

  /** Makes an empty bare repository. */
  static async init(dir: string, branch: string): Promise<GitRepository> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await git(
      ['init', '--quiet', '--bare', `--initial-branch=${branch}`, dir],
      {
        gitDir: dir,
      },
    );
    return new GitRepository(dir);
  }

  run(args: string[], options: Omit<GitRunOptions, 'gitDir'> = {}) {
    return git(args, { ...options, gitDir: this.dir });
  }

  text(args: string[], options: Omit<GitRunOptions, 'gitDir'> = {}) {
    return gitText(args, { ...options, gitDir: this.dir });
  }

  /** Refs below prefixes such as `refs/heads/`, in name order. */
  async refs(...prefixes: string[]): Promise<Ref[]> {
    const output = await this.text([
      'for-each-ref',
      '--format=%(refname) %(objectname) %(*objectname)',
      ...prefixes,
    ]);
    return output
      .split('\n')
      .filter(Boolean)
      .map(line => {
        const [name, sha, peeled] = line.split(' ');
        return { name, sha, peeled: peeled || sha };
      });
  }

  /** The object a full ref points to, or undefined. */
  async ref(name: string): Promise<string | undefined> {
    const loose = await this.looseRef(name);
    if (loose) return loose;
    const { code, stdout } = await this.run(
      ['rev-parse', '--verify', '--quiet', '--end-of-options', name],
      { okCodes: [0, 1, 128] },
    );
    return code === 0 ? stdout.toString().trim() : undefined;
  }

  /**
   * What a branch or tag points to that git keeps in a file of its own: it goes
   * before a packed one. Asked for all the time, it is not worth a process.
   */
  private async looseRef(name: string): Promise<string | undefined> {
    if (!isFullRef(name)) return undefined;
    try {
      const text = await readFile(join(this.dir, name), 'latin1');
      const sha = text.trim();
      return isSha(sha) ? sha : undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * The commit a caller means: a branch before a tag before a SHA, as on
   * GitHub. Undefined when there is none or the text is not a valid name.
   */
  async resolve(revision: string): Promise<string | undefined> {
    const candidates: string[] = [];
    const short = revision.replace(/^(heads|tags)\//, 'refs/$1/');
    if (isFullRef(short)) {
      candidates.push(short);
    }
    if (isRefName(revision)) {
      candidates.push(`refs/heads/${revision}`, `refs/tags/${revision}`);
    }
    if (isAbbreviatedSha(revision)) {
      candidates.push(revision);
    }
    if (revision === 'HEAD') {
      candidates.push('HEAD');
    }
    if (candidates.length === 0) {
      return undefined;
    }
    // A branch is a commit; a tag may be anything.
    if (candidates[0].startsWith('refs/heads/')) {
      const branch = await this.looseRef(candidates[0]);
      if (branch) return branch;
    }
    const { stdout } = await this.run(
      ['cat-file', '--batch-check=%(objectname)'],
      { input: candidates.map(name => `${name}^{commit}\n`).join('') },
    );
    return stdout
      .toString()
      .split('\n')
      .find(line => isSha(line));
  }

  /** Reads commits in the order given; those that do not exist are left out. */
  async commits(shas: string[]): Promise<Commit[]> {
    if (shas.length === 0) {
      return [];
    }
    const { stdout } = await this.run(['cat-file', '--batch'], {
      input: shas.map(sha => `${sha}\n`).join(''),
    });
    const commits: Commit[] = [];
    let at = 0;
    while (at < stdout.length) {
      const lineEnd = stdout.indexOf(10, at);
      const [sha, type, size] = stdout.toString('utf8', at, lineEnd).split(' ');
      at = lineEnd + 1;
      if (size !== undefined) {
        const end = at + Number(size);
        if (type === 'commit') {
          commits.push(parseCommit(sha, stdout.toString('utf8', at, end)));
        }
        at = end + 1;
      }
    }
    return commits;
  }

  async commit(sha: string): Promise<Commit | undefined> {
    return (await this.commits([sha]))[0];
  }

  /** Shas from a revision back, newest first. `not` leaves its history out. */
  async revList(
    from: string[],
    options: {
      not?: string[];
      path?: string;
      skip?: number;
      limit?: number;
      since?: string;
      until?: string;
      author?: string;
      oldestFirst?: boolean;
    } = {},
  ): Promise<string[]> {
    const args = ['rev-list', '--topo-order'];
    if (options.limit !== undefined) {
      args.push(`--max-count=${options.limit}`);
    }
    if (options.skip) {
      args.push(`--skip=${options.skip}`);
    }
    if (options.since) {
      args.push(`--since=${options.since}`);
    }
    if (options.until) {
      args.push(`--until=${options.until}`);
    }
    if (options.author) {
      args.push('--fixed-strings', `--author=${options.author}`);
    }
    if (options.oldestFirst) {
      args.push('--reverse');
    }
    args.push(...from, ...(options.not ?? []).map(sha => `^${sha}`), '--');
    if (options.path) {
      args.push(`:(literal)${options.path}`);
    }
    const output = await this.text(args);
    return output.split('\n').filter(Boolean);
  }

  /** How many commits `from` has that `not` has not. */
  async count(from: string, not?: string): Promise<number> {
    const args = ['rev-list', '--count', from];
    return Number(await this.text(not ? [...args, `^${not}`] : args));
  }

  async isAncestor(ancestor: string, descendant: string): Promise<boolean> {
    const { code } = await this.run(
      ['merge-base', '--is-ancestor', ancestor, descendant],
      { okCodes: [0, 1] },
    );
    return code === 0;
  }

  async mergeBase(a: string, b: string): Promise<string | undefined> {
    const { stdout } = await this.run(['merge-base', a, b], {
      okCodes: [0, 1],
    });
    return stdout.toString().trim() || undefined;
  }

  /** Type, id and size of what lies at a path of a commit; '' is the root. */
  async stat(
    commit: string,
    path: string,
  ): Promise<{ type: string; sha: string; size: number } | undefined> {
    const { stdout } = await this.run(
      ['cat-file', '--batch-check=%(objecttype) %(objectname) %(objectsize)'],
      { input: `${commit}:${path}\n` },
    );
    const [type, sha, size] = stdout.toString().trim().split(' ');
    return type === 'blob' || type === 'tree'
      ? { type, sha, size: Number(size) }
      : undefined;
  }

  /** Type and size of an object. */
  async objectInfo(
    sha: string,
  ): Promise<{ type: string; size: number } | undefined> {
    const { stdout } = await this.run(
      ['cat-file', '--batch-check=%(objecttype) %(objectsize)'],
      { input: `${sha}\n` },
    );
    const [type, size] = stdout.toString().trim().split(' ');
    return type === sha || size === undefined || Number.isNaN(Number(size))
      ? undefined
      : { type, size: Number(size) };
  }

  async blob(sha: string): Promise<Buffer> {
    return (await this.run(['cat-file', 'blob', sha])).stdout;
  }

  /** Entries of a tree; with `recursive` of everything below it too. */
  async tree(
    treeish: string,
    options: { recursive?: boolean; path?: string } = {},
  ): Promise<TreeEntry[]> {
    const args = ['ls-tree', '-z', '-l', '--full-tree'];
    if (options.recursive) {
      args.push('-r', '-t');
    }
    args.push(options.path ? `${treeish}:${options.path}` : treeish);
    const { stdout } = await this.run(args);
    return stdout
      .toString('utf8')
      .split('\0')
      .filter(Boolean)
      .map(line => {
        const tab = line.indexOf('\t');
        const [mode, type, sha, size] = line.slice(0, tab).split(/ +/);
        return {
          mode,
          type: type as TreeEntry['type'],
          sha,
          ...(type === 'blob' ? { size: Number(size) } : {}),
          path: line.slice(tab + 1),
        };
      });
  }

  /** What changed between two trees, with hunks as far as they fit. */
  async diff(from: string, to: string): Promise<FileChange[]> {
    const base = ['diff-tree', '-r', '-M', '--no-ext-diff', '--no-textconv'];
    const raw = await this.run([
      ...base,
      '--raw',
      '--numstat',
      '-z',
      '--no-abbrev',
      from,
      to,
    ]);
    const files = parseRawNumstat(raw.stdout.toString('utf8'));
    if (files.length === 0) {
      return files;
    }
    const patch = await this.run([...base, '-p', from, to], {
      maxBytes: MAX_DIFF_BYTES,
    });
    return attachPatches(files, patch.stdout.toString('utf8'), MAX_PATCH);
  }

  /** Paths a commit added, removed and modified against its first parent. */
  async changedPaths(
    commit: Commit,
  ): Promise<{ added: string[]; removed: string[]; modified: string[] }> {
    const { stdout } = await this.run([
      'diff-tree',
      '-r',
      '--no-renames',
      '--name-status',
      '-z',
      commit.parents[0] ?? EMPTY_TREE,
      commit.sha,
    ]);
    const parts = stdout.toString('utf8').split('\0');
    const result = {
      added: [] as string[],
      removed: [] as string[],
      modified: [] as string[],
    };
    for (let i = 0; i + 1 < parts.length; i += 2) {
      const list =
        { A: result.added, D: result.removed }[parts[i]] ?? result.modified;
      list.push(parts[i + 1]);
    }
    return result;
  }

  /** The unified diff as git prints it. */
  async patchText(from: string, to: string): Promise<string> {
    const { stdout } = await this.run(
      [
        'diff-tree',
        '-r',
        '-M',
        '-p',
        '--no-ext-diff',
        '--no-textconv',
        from,
        to,
      ],
      { maxBytes: MAX_DIFF_BYTES },
    );
    return stdout.toString('utf8');
  }

  /** Points HEAD, and so the default branch, at a branch. */
  async setHead(branch: string): Promise<void> {
    await this.run(['symbolic-ref', 'HEAD', `refs/heads/${branch}`]);
  }

  /**
   * Moves a ref if it still stands at `before` ({@link ZERO_SHA}: if it does
   * not exist). `after` {@link ZERO_SHA} removes it.
   *
   * @returns false when the ref stood elsewhere or the name is in the way of another
   */
  async updateRef(
    name: string,
    after: string,
    before: string,
  ): Promise<boolean> {
    const args =
      after === ZERO_SHA
        ? ['update-ref', '-d', name, before]
        : ['update-ref', name, after, before];
    const { code } = await this.run(args, { okCodes: [0, 1, 128] });
    return code === 0;
  }

  /** Bytes on disk. */
  async size(): Promise<number> {
    const output = await this.text(['count-objects', '-v']);
    const kilobytes = [...output.matchAll(/^size(?:-pack)?: (\d+)$/gm)];
    return kilobytes.reduce((sum, match) => sum + Number(match[1]), 0) * 1024;
  }

  /** Whether the folder is there and looks like a repository. */
  async exists(): Promise<boolean> {
    try {
      return (
        (await stat(join(this.dir, 'HEAD'))).isFile() &&
        (await readdir(this.dir)).includes('objects')
      );
    } catch {
      return false;
    }
  }
}
