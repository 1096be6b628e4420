import { lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import {
  mkdtemp,
  readdir,
  rm,
  rmdir,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { SCAFFOLD_RECORD_PATH } from '@waymark/backstage-plugin-golden-paths-common';
import {
  Git,
  readGitTree,
  Tree,
  Upgrade,
} from '@waymark/backstage-plugin-golden-paths-node';
import { gitIn, gitLine } from './git';

const MOST_RECORD = 1024 * 1024;

/** The folder of a made repository, checked out and perhaps below another. */
export class WorkingTree {
  private constructor(
    readonly folder: string,
    private readonly top: string,
    /** Of the folder below the top: empty, or ends with a slash. */
    private readonly prefix: string,
    private readonly git: Git,
  ) {}

  /** @throws NotFoundError, InputError where it is in no repository of git */
  static async open(path: string): Promise<WorkingTree> {
    const folder = resolve(path);
    if (!lstatSync(folder, { throwIfNoEntry: false })) {
      throw new NotFoundError(`There is no folder ${folder}.`);
    }
    if (!lstatSync(realpathSync(folder)).isDirectory()) {
      throw new InputError(`${folder} is no folder.`);
    }
    const inside = gitIn(folder);
    const top = await gitLine(inside, ['rev-parse', '--show-toplevel']).catch(
      error => {
        throw new InputError(
          `${folder} is in no Git repository, so there is nothing to merge into: clone it first. ${error.message}`,
        );
      },
    );
    const prefix = await gitLine(inside, ['rev-parse', '--show-prefix']);
    return new WorkingTree(folder, top, prefix, gitIn(top));
  }

  /** @throws NotFoundError where nothing says what made it */
  readRecord(): string {
    const file = join(this.folder, SCAFFOLD_RECORD_PATH);
    const stat = lstatSync(file, { throwIfNoEntry: false });
    if (!stat) {
      throw new NotFoundError(
        `There is no ${SCAFFOLD_RECORD_PATH} in ${this.folder}: it was not made from a golden path, or left it.`,
      );
    }
    if (!stat.isFile() || stat.size > MOST_RECORD) {
      throw new InputError(`${file} is no file that could be a record.`);
    }
    return readFileSync(file, 'utf8');
  }

  /**
   * Its files as they were last committed.
   *
   * @throws ConflictError where there is work in it that is in no commit
   */
  async readCommitted(): Promise<Tree> {
    const { stdout } = await this.git([
      'status',
      '--porcelain',
      '-z',
      '--untracked-files=all',
      '--no-renames',
      '--',
      this.prefix ? `:(literal)${this.prefix}` : '.',
    ]);
    const uncommitted = stdout.toString('utf8').split('\0').filter(Boolean);
    if (uncommitted.length > 0) {
      const shown = uncommitted.slice(0, 10).map(line => `\n  ${line}`);
      const more = uncommitted.length - shown.length;
      throw new ConflictError(
        `There is work in ${
          this.folder
        } that is in no commit, and nothing must mix with it:${shown.join('')}${
          more > 0 ? `\n  and ${more} more` : ''
        }\nCommit it, or put it aside with git stash --include-untracked, then start again.`,
      );
    }
    const { code } = await this.git(['rev-parse', '--verify', '-q', 'HEAD'], {
      okCodes: [0, 1],
    });
    if (code !== 0) throw new InputError(`${this.top} has no commit yet.`);
    return readGitTree(this.git, `HEAD:${this.prefix.replace(/\/$/, '')}`);
  }

  /**
   * Writes what is changed, by git itself, so that links, modes and line
   * endings come out as in any checkout. The index stays as it is.
   *
   * @throws ConflictError where a file that git does not know is in the way;
   * nothing has been written then
   */
  async write({
    tree,
    changes,
  }: Pick<Upgrade, 'tree' | 'changes'>): Promise<void> {
    await this.refuseObstacles(changes);
    const scratch = await mkdtemp(join(tmpdir(), 'waymark-write-'));
    try {
      const written = changes.flatMap(({ path }, index) => {
        const entry = tree.get(path);
        return entry && entry.mode !== '160000'
          ? [{ path, entry, file: join(scratch, String(index)) }]
          : [];
      });
      for (const { entry, file } of written) {
        await writeFile(file, entry.content);
      }
      const { stdout } = await this.git(
        ['hash-object', '-w', '--no-filters', '--stdin-paths'],
        { input: written.map(({ file }) => Buffer.from(`${file}\n`)) },
      );
      const oids = stdout.toString('latin1').split('\n');
      // An index of our own: what the owner has staged is not ours to change.
      const git = gitIn(this.top, { GIT_INDEX_FILE: join(scratch, 'index') });
      await git(['read-tree', 'HEAD']);
      const removed = changes.filter(({ kind }) => kind === 'removed');
      await git(['update-index', '-z', '--index-info'], {
        input: [
          ...removed.map(({ path }) => `0 ${'0'.repeat(40)}\t${path}`),
          ...written.map(
            ({ path, entry }, index) => `${entry.mode} ${oids[index]}\t${path}`,
          ),
        ].map(line =>
          Buffer.from(`${line.replace('\t', `\t${this.prefix}`)}\0`),
        ),
      });
      // First, since a folder may come in the place of a file.
      for (const { path } of removed) await this.remove(path);
      await git(['checkout-index', '--force', '-z', '--stdin'], {
        input: written.map(({ path }) =>
          Buffer.from(`${this.prefix}${path}\0`),
        ),
      });
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }

  private async refuseObstacles(changes: Upgrade['changes']): Promise<void> {
    const { stdout } = await this.git(['ls-files', '-v', '-z']);
    const tags = new Map(
      stdout
        .toString('utf8')
        .split('\0')
        .filter(Boolean)
        .map(line => [line.slice(2), line[0]]),
    );
    const refuse = (path: string, why: string) => {
      throw new ConflictError(
        `${path} ${why}, and would be written over. Nothing has been written.`,
      );
    };
    for (const { path, kind } of changes) {
      const tag = tags.get(`${this.prefix}${path}`);
      // Files that git was told not to look at may hold anything.
      if (tag !== undefined && tag !== 'H') {
        refuse(path, 'is left out of this checkout (git ls-files -v says so)');
      }
      if (kind === 'removed') continue;
      const parts = path.split('/');
      for (let length = 1; length <= parts.length; length += 1) {
        const part = parts.slice(0, length).join('/');
        const file = join(this.folder, part);
        const stat = lstatSync(file, { throwIfNoEntry: false });
        // What git knows makes room: a file for a folder, too.
        if (!stat || tags.has(`${this.prefix}${part}`)) break;
        if (stat.isDirectory() && length < parts.length) continue;
        const other = stat.isDirectory()
          ? this.filesBelow(part).find(one => !tags.has(this.prefix + one))
          : part;
        if (other) refuse(other, 'is here and not known to git');
      }
    }
  }

  private filesBelow(folder: string): string[] {
    return readdirSync(join(this.folder, folder), {
      recursive: true,
      withFileTypes: true,
    })
      .filter(entry => !entry.isDirectory())
      .map(({ parentPath, name }) =>
        relative(this.folder, join(parentPath, name)).split(sep).join('/'),
      );
  }

  private async remove(path: string): Promise<void> {
    const file = join(this.folder, path);
    await unlink(file);
    for (
      let folder = dirname(file);
      folder !== this.folder && (await readdir(folder)).length === 0;
      folder = dirname(folder)
    ) {
      await rmdir(folder);
    }
  }
}
