import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, Page } from '@playwright/test';
import { shared } from './faults/place';

const ROOT = resolve(__dirname, '../..');

/** How a command ended, and all that it wrote. */
export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** A command under way. */
class Running {
  out = '';
  err = '';
  readonly ended: Promise<Ended>;

  constructor(private readonly child: ChildProcess) {
    child.stdout!.on('data', chunk => (this.out += chunk));
    child.stderr!.on('data', chunk => (this.err += chunk));
    this.ended = new Promise(done =>
      child.once('close', code => done({ code, out: this.out, err: this.err })),
    );
  }

  /** Answers a question. */
  type(text: string) {
    this.child.stdin!.write(`${text}\r`);
  }

  /** Presses Ctrl-C. */
  interrupt() {
    this.child.kill('SIGINT');
  }

  /** Waits until it has written that beside its result, or on its terminal. */
  async says(words: RegExp): Promise<RegExpExecArray> {
    const said = () =>
      words.exec(stripVTControlCharacters(`${this.err}${this.out}`));
    await expect.poll(said, { timeout: 30_000 }).toBeTruthy();
    return said()!;
  }
}

/**
 * The packed command line of somebody who has nothing else of Waymark: an empty
 * home, an empty folder and an empty environment.
 */
export class Cli {
  readonly folder = mkdtempSync(join(tmpdir(), 'waymark-cli-'));
  readonly home = join(this.folder, 'home');
  readonly here = join(this.folder, 'here');
  readonly file = join(this.folder, 'waymark.mjs');
  readonly credentials = join(this.home, '.config/waymark/credentials.json');

  constructor() {
    mkdirSync(this.home);
    mkdirSync(this.here);
    execFileSync(join(ROOT, 'waymark'), ['cli', 'pack', '--out', this.file], {
      stdio: 'pipe',
    });
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }

  start(args: string[], env: NodeJS.ProcessEnv = {}): Running {
    return this.spawn([this.file, ...args], 'ignore', env);
  }

  /** The same at a terminal, which shows result and notes alike. */
  atTerminal(args: string[]): Running {
    const command = [this.file, ...args].join(' ');
    return this.spawn(['script', '-qec', command, '/dev/null'], 'pipe');
  }

  private spawn(
    [program, ...args]: string[],
    stdin: 'ignore' | 'pipe',
    env: NodeJS.ProcessEnv = {},
  ) {
    return new Running(
      spawn(program, args, {
        cwd: this.here,
        env: {
          PATH: [dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
          HOME: this.home,
          SHELL: '/bin/sh',
          TERM: 'xterm',
          ...env,
        },
        stdio: [stdin, 'pipe', 'pipe'],
      }),
    );
  }

  run(args: string[], env?: NodeJS.ProcessEnv): Promise<Ended> {
    return this.start(args, env).ended;
  }

  /** Signs in through a page of a browser that knows nobody yet. */
  async signIn(page: Page, person: string): Promise<Ended> {
    const login = this.start(['login', shared.portalUrl, '--no-browser']);
    const [, address] = await login.says(/^ {2}(http\S+)$/m);
    await page.goto(address);
    await page.getByText(`Enter as ${person}`).click();
    await page.getByRole('button', { name: 'Authorize' }).click();
    await expect(page.getByText('You are signed in.')).toBeVisible();
    return login.ended;
  }
}
