import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { ports, work } from '../lib/paths';

const run = promisify(execFile);
const OWNER = 'tidewater';
const forge = `http://localhost:${ports.waymark.forge}`;
const secretsSchema = z.object({ forgeToken: z.string() });

/** Repositories on the forge of the portal that is measured. */
export class Repositories {
  private readonly folder = mkdtempSync(join(tmpdir(), 'waymark-bench-fleet-'));
  private readonly token = secretsSchema.parse(
    JSON.parse(readFileSync(join(work, 'waymark/secrets.json'), 'utf8')),
  ).forgeToken;

  /** @returns the folder of its working tree */
  async clone(name: string): Promise<string> {
    const tree = join(this.folder, name);
    await this.git(this.folder, 'clone', '--quiet', this.remote(name), tree);
    return tree;
  }

  /**
   * Makes one of these files, in which each of these words becomes another one.
   *
   * @param words - old and new ones, as long as each other
   */
  async copy(from: string, name: string, words: [string, string]) {
    const tree = join(this.folder, name);
    cpSync(from, tree, {
      recursive: true,
      filter: path => path !== join(from, '.git'),
    });
    for (const entry of readdirSync(tree, {
      recursive: true,
      withFileTypes: true,
    })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      const text = readFileSync(file, 'latin1');
      writeFileSync(file, text.replaceAll(...words), 'latin1');
    }
    await this.publish(name, tree);
    rmSync(tree, { recursive: true });
  }

  /** Makes one with one file. */
  async write(name: string, file: string, text: string) {
    const tree = join(this.folder, name);
    mkdirSync(tree);
    writeFileSync(join(tree, file), text);
    await this.publish(name, tree);
  }

  /** Commits and pushes what was changed in a working tree. */
  async push(tree: string, message: string) {
    const who = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.com'];
    await this.git(tree, 'add', '--all');
    await this.git(tree, ...who, 'commit', '--quiet', '--message', message);
    await this.git(tree, 'push', '--quiet', 'origin', 'HEAD:main');
  }

  /** How many pull requests it has ever had. */
  async pulls(name: string): Promise<number> {
    const path = `/repos/${OWNER}/${name}/pulls?state=all`;
    return z.array(z.unknown()).parse(await this.api('GET', path)).length;
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async publish(name: string, tree: string) {
    await this.api('POST', `/orgs/${OWNER}/repos`, { name, private: true });
    await this.git(tree, 'init', '--quiet', '--initial-branch', 'main');
    await this.git(tree, 'remote', 'add', 'origin', this.remote(name));
    await this.push(tree, 'As it was made');
  }

  private remote(name: string): string {
    const url = new URL(`${forge}/${OWNER}/${name}.git`);
    [url.username, url.password] = ['x-access-token', this.token];
    return url.href;
  }

  private git(cwd: string, ...args: string[]) {
    return run('git', args, { cwd });
  }

  private async api(method: string, path: string, body?: object) {
    const response = await fetch(`${forge}/api/v3${path}`, {
      method,
      headers: { authorization: `token ${this.token}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  }
}
