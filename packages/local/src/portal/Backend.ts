import { ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, renameSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StartError } from '../fail';
import { Layout } from '../layout';
import { endProcess, forgetProcess, recordProcess } from '../processes';
import { configFiles } from './environment';
import { startupErrors } from './startupErrors';

/** The portal's backend, serving the built app, as a process of its own. */
export class Backend {
  private child: ChildProcess | undefined;
  readonly log: string;

  constructor(
    private readonly layout: Layout,
    private readonly env: NodeJS.ProcessEnv,
    private readonly url: string,
  ) {
    this.log = join(layout.logs, 'backend.log');
  }

  /** Resolves when the process has ended, with the words for how. */
  ended: Promise<string> = new Promise(() => undefined);

  /**
   * Starts it and waits until it says that it is ready.
   *
   * @throws StartError with its own words where it ends before that
   */
  async start() {
    const { root, logs, run } = this.layout;
    mkdirSync(logs, { recursive: true });
    if (existsSync(this.log)) renameSync(this.log, `${this.log}.1`);
    const log = openSync(this.log, 'a');
    this.child = spawn(
      process.execPath,
      [
        '--require',
        join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
        'src/index.ts',
        ...configFiles(root).flatMap(file => ['--config', file]),
      ],
      {
        cwd: join(root, 'packages/backend'),
        env: this.env,
        detached: true,
        stdio: ['ignore', log, log],
      },
    );
    const { child } = this;
    this.ended = new Promise(resolve =>
      child.once('exit', (code, signal) =>
        resolve(signal ? `ended by ${signal}` : `exit code ${code}`),
      ),
    );
    recordProcess(run, 'backend', child.pid!);
    await this.waitUntilReady();
  }

  async stop() {
    const pid = this.child?.pid;
    if (pid && this.isRunning) {
      await endProcess(pid, 'SIGTERM', 15_000);
    }
    forgetProcess(this.layout.run, 'backend');
  }

  private get isRunning(): boolean {
    return this.child?.exitCode === null && this.child.signalCode === null;
  }

  private async waitUntilReady() {
    const readiness = `${this.url}/.backstage/health/v1/readiness`;
    const deadline = Date.now() + 180_000;
    while (!(await answers(readiness))) {
      if (!this.isRunning) {
        throw new StartError('The portal stopped while starting.', this.why());
      }
      if (Date.now() > deadline) {
        await this.stop();
        throw new StartError(
          'The portal was not ready after 3 minutes.',
          this.why(),
        );
      }
      await delay(50);
    }
  }

  private why(): string {
    return `${startupErrors(readFileSync(this.log, 'utf8'))}\nThe whole log: ${
      this.log
    }`;
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}
