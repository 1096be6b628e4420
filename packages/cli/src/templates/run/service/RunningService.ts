import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 50;
const LAST_LINES = 20;

/** A made service as a process, with all that it says. */
export class RunningService {
  private readonly exited: Promise<number>;
  private text = '';

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', chunk => this.hear(chunk));
    child.stderr?.on('data', chunk => this.hear(chunk));
    this.exited = once(child, 'close').then(([code]) => code ?? 128);
  }

  /** Starts a command in a shell that hands over to it. */
  static start(
    command: string,
    options: { cwd: string; env: NodeJS.ProcessEnv },
  ): RunningService {
    return new RunningService(
      spawn('sh', ['-c', command], {
        ...options,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  }

  /** All that it has said. */
  get output(): string {
    return this.text;
  }

  /** What it said last, for a person. */
  get lastWords(): string {
    return this.text.trim().split('\n').slice(-LAST_LINES).join('\n');
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Asks it to stop, as Kubernetes does. */
  terminate(): void {
    this.child.kill('SIGTERM');
  }

  /**
   * @returns its exit code, or undefined where it still runs after that time
   */
  async exitCode(withinMs: number): Promise<number | undefined> {
    const late = new AbortController();
    try {
      return await Promise.race([
        this.exited,
        sleep(withinMs, undefined, { signal: late.signal }),
      ]);
    } finally {
      late.abort();
    }
  }

  /** Whether something holds before the time is over; false once it has ended. */
  async until(
    holds: () => Promise<boolean>,
    withinMs: number,
  ): Promise<boolean> {
    const end = Date.now() + withinMs;
    while (Date.now() < end) {
      if (await holds()) return true;
      if (this.hasEnded) return false;
      await sleep(POLL_MS);
    }
    return false;
  }

  /** Ends it and whatever it started. */
  async kill(): Promise<void> {
    if (this.child.pid) {
      try {
        process.kill(-this.child.pid, 'SIGKILL');
      } catch {
        // It is gone already.
      }
    }
    await this.exited;
  }

  private hear(chunk: Buffer) {
    this.text += chunk.toString('utf8');
  }
}
