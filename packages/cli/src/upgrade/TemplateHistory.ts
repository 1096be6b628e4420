import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  compareVersions,
  versionSchema,
} from '@waymark/backstage-plugin-golden-paths-common';
import {
  checkRendered,
  Git,
  readGitTree,
} from '@waymark/backstage-plugin-golden-paths-node';
import { parse } from 'yaml';
import { gitIn, gitLine } from './git';

const VERSION = 'backstage.io/template-version';

/** A version of a template, and the last commit at which it was current. */
export interface TemplateVersion {
  version: string;
  commit: string;
}

/** A template in the history of its repository. */
export class TemplateHistory {
  private constructor(
    private readonly git: Git,
    /** What a message calls the repository. */
    readonly where: string,
    private readonly name: string,
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
    if (!isAddress(where)) {
      if (!existsSync(where)) {
        throw new NotFoundError(`There is no folder ${where}.`);
      }
      const folder = resolve(where);
      const prefix = await gitLine(gitIn(folder), [
        'rev-parse',
        '--show-prefix',
      ]).catch(error => {
        throw new InputError(
          `${folder} is in no Git repository, and an upgrade needs the templates' history: name one with --templates. ${error.message}`,
        );
      });
      return work(await this.find(gitIn(folder), where, prefix, name));
    }
    const scratch = await mkdtemp(join(tmpdir(), 'waymark-templates-'));
    try {
      const clone = join(scratch, 'templates.git');
      await gitIn(scratch)(
        ['clone', '--quiet', '--bare', '--no-tags', '--', where, clone],
        {},
      );
      return await work(await this.find(gitIn(clone), where, '', name));
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }

  private static async find(
    git: Git,
    where: string,
    prefix: string,
    name: string,
  ): Promise<TemplateHistory> {
    const head = await gitLine(git, ['rev-parse', '--verify', 'HEAD^{commit}']);
    for (const templates of [`${prefix}templates/`, prefix]) {
      const file = `${templates}${name}/template.yaml`;
      const text = await readText(git, head, file);
      if (text !== undefined) {
        return new TemplateHistory(git, where, name, templates, head);
      }
    }
    throw new NotFoundError(
      `There is no golden path ${name} in ${where}: name the repository that has it with --templates.`,
    );
  }

  /** Every version, the newest first; one that came twice as it was last. */
  async versions(): Promise<TemplateVersion[]> {
    const file = `${this.templates}${this.name}/template.yaml`;
    const log = await gitLine(this.git, [
      'log',
      '--first-parent',
      '--format=%H',
      this.head,
      '--',
      `:(top,literal)${file}`,
    ]);
    const versions: TemplateVersion[] = [];
    let newer: string | undefined;
    for (const commit of log.split('\n').filter(Boolean)) {
      const version = await this.versionAt(commit);
      if (version !== undefined && version !== versions.at(-1)?.version) {
        versions.push({
          version,
          commit: newer ? await this.before(newer) : this.head,
        });
      }
      newer = commit;
    }
    return versions
      .filter(
        ({ version }, index) =>
          versions.findIndex(other => other.version === version) === index,
      )
      .sort((one, other) => compareVersions(other.version, one.version));
  }

  /** The version at a commit; undefined where it was not there. */
  async versionAt(commit: string): Promise<string | undefined> {
    const file = `${this.templates}${this.name}/template.yaml`;
    const text = await readText(this.git, commit, file);
    return text === undefined ? undefined : versionIn(text);
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

  private async before(commit: string): Promise<string> {
    return gitLine(this.git, ['rev-parse', '--verify', `${commit}^1`]);
  }
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

function versionIn(text: string): string | undefined {
  try {
    const version = parse(text)?.metadata?.annotations?.[VERSION];
    return versionSchema.safeParse(version).data;
  } catch {
    // A commit at which the template could not be read had no version.
    return undefined;
  }
}
