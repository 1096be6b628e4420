import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ConfigReader } from '@backstage/config';
import { Octokit } from '@octokit/rest';
import { Forge, ForgeOptions, startForge } from '../index';

const exec = promisify(execFile);

/** Tokens of the three accounts every test forge has. */
export const TOKENS = {
  portal: 'token-of-the-portal',
  maya: 'token-of-maya',
  guest: 'token-of-a-member',
};

/** A forge in a folder of its own, with helpers to use it as clients do. */
export class TestForge {
  readonly log: string[] = [];
  /** Where it was last reached, also after it stopped. */
  lastUrl = '';
  private forge?: Forge;

  private constructor(
    readonly dir: string,
    private readonly extra: Partial<ForgeOptions>,
  ) {}

  static async start(extra: Partial<ForgeOptions> = {}): Promise<TestForge> {
    const dir = await mkdtemp(join(tmpdir(), 'forge-test-'));
    const test = new TestForge(dir, extra);
    await test.start();
    return test;
  }

  get url(): string {
    return this.running.url;
  }

  get host(): string {
    return new URL(this.url).host;
  }

  get dataDir(): string {
    return join(this.dir, 'data');
  }

  private get running(): Forge {
    if (!this.forge) {
      throw new Error('the forge is not running');
    }
    return this.forge;
  }

  async start(): Promise<void> {
    const line = (level: string) => (msg: string) => {
      this.log.push(`${level} ${msg}`);
    };
    this.forge = await startForge({
      dataDir: this.dataDir,
      port: 0,
      organisations: [{ login: 'tidewater', name: 'Tidewater' }],
      accounts: [
        { login: 'waymark-portal', token: TOKENS.portal },
        {
          login: 'maya-okafor',
          name: 'Maya Okafor',
          email: 'maya.okafor@tidewater.example',
          token: TOKENS.maya,
        },
        { login: 'guest-member', token: TOKENS.guest, role: 'member' },
      ],
      teams: [
        {
          organisation: 'tidewater',
          slug: 'checkout',
          members: ['maya-okafor'],
        },
      ],
      webAccount: 'maya-okafor',
      anonymousRead: true,
      logger: { info: line('info'), warn: line('warn'), error: line('error') },
      ...this.extra,
    });
    this.lastUrl = this.forge.url;
  }

  async stop(): Promise<void> {
    await this.forge?.stop();
    this.forge = undefined;
  }

  async restart(): Promise<void> {
    const { port } = this.running;
    await this.stop();
    this.extra.port = port;
    await this.start();
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.dir, { recursive: true, force: true });
  }

  octokit(token: string | undefined = TOKENS.portal): Octokit {
    return new Octokit({
      auth: token,
      baseUrl: `${this.url}/api/v3`,
      log: { debug() {}, info() {}, warn() {}, error() {} },
    });
  }

  /** `integrations` as an app-config has them. */
  config(): ConfigReader {
    return new ConfigReader({
      integrations: {
        github: [
          {
            host: this.host,
            apiBaseUrl: `${this.url}/api/v3`,
            token: TOKENS.portal,
          },
        ],
      },
    });
  }

  /** Address for git, with credentials in it when a token is given. */
  remote(owner: string, repo: string, token?: string): string {
    const url = new URL(`${this.url}/${owner}/${repo}.git`);
    if (token) {
      url.username = 'x-access-token';
      url.password = token;
    }
    return url.toString();
  }

  /** Runs git as a person would, without their own settings. */
  async git(cwd: string, ...args: string[]): Promise<string> {
    const { stdout } = await exec('git', args, {
      cwd,
      maxBuffer: 64 * 1024 * 1024,
      env: {
        PATH: process.env.PATH,
        HOME: this.dir,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_TERMINAL_PROMPT: '0',
        GIT_AUTHOR_NAME: 'Maya Okafor',
        GIT_AUTHOR_EMAIL: 'maya.okafor@tidewater.example',
        GIT_COMMITTER_NAME: 'Maya Okafor',
        GIT_COMMITTER_EMAIL: 'maya.okafor@tidewater.example',
      },
    });
    return stdout.trim();
  }

  /** An empty folder. */
  async folder(): Promise<string> {
    return mkdtemp(join(this.dir, 'work-'));
  }

  /** Makes a repository and pushes files to its branch `main`. */
  async seed(
    repo: string,
    files: Record<string, string>,
    options: { private?: boolean } = {},
  ): Promise<{ dir: string; sha: string }> {
    await this.octokit().rest.repos.createInOrg({
      org: 'tidewater',
      name: repo,
      private: options.private ?? false,
    });
    const dir = await this.folder();
    await this.git(dir, 'init', '-q', '-b', 'main');
    await this.git(
      dir,
      'remote',
      'add',
      'origin',
      this.remote('tidewater', repo, TOKENS.maya),
    );
    const sha = await this.commit(dir, files, 'Initial commit');
    await this.git(dir, 'push', '-q', 'origin', 'main');
    return { dir, sha };
  }

  /** Commits files in a work tree; null removes one. */
  async commit(
    dir: string,
    files: Record<string, string | null>,
    message: string,
  ): Promise<string> {
    for (const [path, text] of Object.entries(files)) {
      const file = join(dir, path);
      if (text === null) {
        await rm(file);
      } else {
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, text);
      }
    }
    await this.git(dir, 'add', '-A');
    await this.git(dir, 'commit', '-q', '--allow-empty', '-m', message);
    return this.git(dir, 'rev-parse', 'HEAD');
  }
}
