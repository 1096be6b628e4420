import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  checkRendered,
  Git,
  HistoricVersion,
  readGitTree,
  versionIn,
  versionsOf,
} from '@waymark/backstage-plugin-golden-paths-node';
import { gitIn, gitLine } from './git';

/** A repository of templates, or a folder in one. */
interface Place {
  git: Git;
  where: string;
  /** Of the folder: empty, or ends with a slash. */
  prefix: string;
  head: string;
}

/** A template in the history of its repository. */
export class TemplateHistory {
  private constructor(
    private readonly git: Git,
    /** What a message calls the repository. */
    readonly where: string,
    readonly name: string,
    /** The folder of all templates, in the repository. */
    private readonly templates: string,
    private readonly head: string,
  ) {}

  /**
   * Works with the history of a template.
   *
   * @param where - the address of a repository of git, or a folder in one
   * @throws NotFoundError where the template is not there
   */
  static async with<T>(
    where: string,
    name: string,
    work: (history: TemplateHistory) => Promise<T>,
  ): Promise<T> {
    return this.in(where, async place => {
      const found = await this.find(place, name);
      if (found) return work(found);
      throw new NotFoundError(
        `There is no golden path ${name} in ${where}: name the repository that has it with --templates.`,
      );
    });
  }

  /**
   * The same with every template that is there now, by name.
   *
   * @throws NotFoundError where there is none
   */
  static async withAll<T>(
    where: string,
    work: (histories: TemplateHistory[]) => Promise<T>,
  ): Promise<T> {
    return this.in(where, async place => {
      const { git, head, prefix } = place;
      const { stdout } = await git([
        'ls-tree',
        '-r',
        '-z',
        '--name-only',
        '--full-tree',
        head,
      ]);
      const names = stdout
        .toString('utf8')
        .split('\0')
        .filter(path => path.startsWith(prefix))
        .map(path => path.slice(prefix.length).replace(/^templates\//, ''))
        .filter(path => /^[^_/][^/]*\/template\.yaml$/.test(path))
        .map(path => path.split('/')[0]);
      const histories = [];
      for (const name of new Set(names)) {
        const found = await this.find(place, name);
        if (found) histories.push(found);
      }
      if (histories.length > 0) return work(histories);
      throw new NotFoundError(
        `There is no golden path in ${where}: name the repository that has them with --templates.`,
      );
    });
  }

  private static async in<T>(
    where: string,
    work: (place: Place) => Promise<T>,
  ): Promise<T> {
    if (!isAddress(where)) {
      if (!existsSync(where)) {
        throw new NotFoundError(`There is no folder ${where}.`);
      }
      const folder = resolve(where);
      const git = gitIn(folder);
      const prefix = await gitLine(git, ['rev-parse', '--show-prefix']).catch(
        error => {
          throw new InputError(
            `${folder} is in no Git repository, and the templates' history is needed: name one with --templates. ${error.message}`,
          );
        },
      );
      return work({ git, where, prefix, head: await headOf(git) });
    }
    const scratch = await mkdtemp(join(tmpdir(), 'waymark-templates-'));
    try {
      const clone = join(scratch, 'templates.git');
      await gitIn(scratch)(
        ['clone', '--quiet', '--bare', '--no-tags', '--', where, clone],
        {},
      );
      const git = gitIn(clone);
      return await work({ git, where, prefix: '', head: await headOf(git) });
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }

  private static async find(
    { git, where, prefix, head }: Place,
    name: string,
  ): Promise<TemplateHistory | undefined> {
    for (const templates of [`${prefix}templates/`, prefix]) {
      const file = `${templates}${name}/template.yaml`;
      const text = await readText(git, head, file);
      if (text !== undefined) {
        return new TemplateHistory(git, where, name, templates, head);
      }
    }
    return undefined;
  }

  /** Every version, the newest first; one that came twice as it was last. */
  async versions(): Promise<HistoricVersion[]> {
    return versionsOf(this.git, this.head, this.file);
  }

  /** The version at a commit; undefined where it was not there. */
  async versionAt(commit: string): Promise<string | undefined> {
    return versionIn(this.git, commit, this.file);
  }

  /**
   * Writes all templates as they were at a commit, with what they share, into a
   * folder that is gone after the work.
   *
   * @param work - given the folder of the template itself
   */
  async at<T>(
    commit: string,
    work: (folder: string) => Promise<T>,
  ): Promise<T> {
    const tree = await readGitTree(
      this.git,
      `${commit}:${this.templates.replace(/\/$/, '')}`,
    );
    // Only plain files are read of a template, so nothing else is written.
    const files = new Map(
      [...tree].filter(([path, { mode }]) =>
        /^(_|[^/]+$)/.test(path) || path.startsWith(`${this.name}/`)
          ? mode.startsWith('100')
          : false,
      ),
    );
    checkRendered(files, `The templates at ${commit}`);
    const scratch = await mkdtemp(join(tmpdir(), 'waymark-template-'));
    try {
      for (const [path, entry] of files) {
        if (entry.mode === '160000') continue;
        const file = join(scratch, path);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, entry.content);
        if (entry.mode === '100755') await chmod(file, 0o755);
      }
      return await work(join(scratch, this.name));
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }

  private get file(): string {
    return `${this.templates}${this.name}/template.yaml`;
  }
}

function headOf(git: Git): Promise<string> {
  return gitLine(git, ['rev-parse', '--verify', 'HEAD^{commit}']);
}

function isAddress(where: string): boolean {
  return (
    /^[a-z][a-z0-9+.-]*:\/\//i.test(where) || /^[\w.-]+@[\w.-]+:/.test(where)
  );
}

/** The text of a file at a commit; undefined where either is not there. */
async function readText(
  git: Git,
  commit: string,
  path: string,
): Promise<string | undefined> {
  const { stdout } = await git(['cat-file', '--batch'], {
    input: [Buffer.from(`${commit}:${path}\n`)],
  });
  const end = stdout.indexOf(10);
  const [, type, size] = stdout.toString('latin1', 0, end).split(' ');
  return type === 'blob'
    ? stdout.toString('utf8', end + 1, end + 1 + Number(size))
    : undefined;
}
