import { ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { mockCredentials } from '@backstage/backend-test-utils';

/** Who asks: nothing is hidden from them. */
const HEADERS = { authorization: mockCredentials.user.header() };

/**
 * The backend of delivery in a process of its own: what asks and measures takes
 * neither its time nor its memory.
 */
export class Backend {
  private constructor(
    private readonly child: ChildProcess,
    readonly address: string,
  ) {}

  /** @param components - those in its catalog, by name */
  static async start(components: readonly string[] = []): Promise<Backend> {
    const child = fork(join(__dirname, 'serve.ts'), components, {
      execArgv: process.execArgv,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const { address } = await answerOf<{ address: string }>(child);
    return new Backend(child, address);
  }

  /** @returns the body; throws for any answer but a 2xx */
  async ask(path: string): Promise<unknown> {
    const response = await fetch(`${this.address}${path}`, {
      headers: HEADERS,
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`GET ${path}: ${text}`);
    return JSON.parse(text);
  }

  /** Its resident set, in MiB. */
  async resident(): Promise<number> {
    const answer = answerOf<{ residentMiB: number }>(this.child);
    this.child.send('resident');
    return (await answer).residentMiB;
  }

  async stop(): Promise<void> {
    const ended = new Promise(done => this.child.once('exit', done));
    this.child.disconnect();
    await ended;
  }
}

function answerOf<T>(child: ChildProcess): Promise<T> {
  return new Promise((done, fail) => {
    const end = (code: number | null) =>
      fail(new Error(`The backend ended with ${code}`));
    child.once('exit', end);
    const listen = (message: object) => {
      // Backstage's own backend has news for its parent, too.
      if (!('address' in message) && !('residentMiB' in message)) return;
      child.off('message', listen);
      child.off('exit', end);
      done(message as T);
    };
    child.on('message', listen);
  });
}
