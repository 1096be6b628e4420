import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Place, secretsOf, shared } from './place';

const run = promisify(execFile);

/** The organisation whose repositories the catalog discovers. */
export const OWNER = 'tidewater';

/** A file's text; or where a symbolic link points. */
export type FileContent = string | { link: string };

/** A clone of a repository on the forge, pushed to with git itself. */
export class Clone {
  private constructor(
    readonly folder: string,
    readonly name: string,
    private readonly place: Place,
  ) {}

  /** Makes an empty repository on the forge and a folder to push from. */
  static async create(name: string, place = shared): Promise<Clone> {
    await api(place, 'POST', `/orgs/${OWNER}/repos`, { name, private: true });
    const folder = mkdtempSync(join(tmpdir(), 'waymark-fault-'));
    await run('git', ['init', '--quiet', '-b', 'main', folder]);
    return new Clone(folder, name, place);
  }

  /** Clones what is on the forge. */
  static async of(name: string, place = shared): Promise<Clone> {
    const folder = mkdtempSync(join(tmpdir(), 'waymark-fault-'));
    const clone = new Clone(folder, name, place);
    await clone.git('clone', '--quiet', clone.url, folder);
    return clone;
  }

  get url() {
    return `${this.place.forgeUrl}/${OWNER}/${this.name}.git`;
  }

  /** Where the catalog finds a file of this repository. */
  blob(path: string) {
    return `${this.place.forgeUrl}/${OWNER}/${this.name}/blob/main/${path}`;
  }

  /** Writes files, commits and pushes them, to main or to another branch. */
  async push(
    files: Record<string, FileContent>,
    message = 'Change',
    branch = 'main',
  ) {
    for (const [path, content] of Object.entries(files)) {
      const target = join(this.folder, path);
      mkdirSync(dirname(target), { recursive: true });
      if (typeof content === 'string') writeFileSync(target, content);
      else symlinkSync(content.link, target);
    }
    await this.git('-C', this.folder, 'add', '--all');
    await this.git('-C', this.folder, 'commit', '--quiet', '-m', message);
    const target = `HEAD:refs/heads/${branch}`;
    await this.git('-C', this.folder, 'push', '--quiet', this.url, target);
  }

  /** A file's text, as it was cloned or last pushed. */
  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  /** Every commit of main, the newest first. */
  async commits(): Promise<{ sha: string; parents: string[] }[]> {
    const { stdout } = await run('git', [
      ...['-C', this.folder, 'log', '--format=%H %P'],
    ]);
    return stdout
      .trim()
      .split('\n')
      .map(line => {
        const [sha, ...parents] = line.trim().split(' ');
        return { sha, parents };
      });
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private git(...args: string[]) {
    const { forgeToken } = secretsOf(this.place);
    return run('git', args, {
      env: {
        ...process.env,
        GIT_TERMINAL_PROMPT: '0',
        GIT_AUTHOR_NAME: 'Maya Okafor',
        GIT_AUTHOR_EMAIL: 'maya.okafor@tidewater.example',
        GIT_COMMITTER_NAME: 'Maya Okafor',
        GIT_COMMITTER_EMAIL: 'maya.okafor@tidewater.example',
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'http.extraHeader',
        GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(
          `x-access-token:${forgeToken}`,
        ).toString('base64')}`,
      },
    });
  }
}

/**
 * Calls the forge's REST API.
 *
 * @throws Error with the answer where it is not 2xx
 */
export async function api<T = any>(
  place: Place,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(`${place.forgeUrl}/api/v3${path}`, {
    method,
    headers: {
      authorization: `token ${secretsOf(place).forgeToken}`,
      'content-type': 'application/json',
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${response.status} ${text}`);
  }
  return JSON.parse(text || 'null');
}
