import { Worker } from 'node:worker_threads';
import { packageFile } from '../packageFile';
import { TimeOut } from './oneByOne';

/** Bounds of what an evaluation may use. */
export interface Limits {
  /** Per evaluation. */
  timeoutMs: number;
  /** Of the rules' own memory, and of the thread's heap, each. */
  memoryMiB: number;
  /** How many evaluations run at once. */
  workers: number;
}

interface Job {
  input: Uint8Array;
  entrypoints: readonly string[];
  resolve(results: unknown[]): void;
  reject(error: Error): void;
}

/** What a worker says: how a job went, or nothing when it is ready. */
interface Message {
  results?: unknown[];
  error?: string;
}

const PAGES_PER_MIB = 16;
/** On a busy machine; it holds nothing up but the first evaluation. */
const START_TIMEOUT_MS = 30_000;

const CLOSED = 'The rules are no longer asked: the portal is stopping.';

/** There is no thread to ask in, whatever is asked. */
export class NoThread extends Error {}

/**
 * Threads that evaluate compiled rules, and a queue before them. A thread that
 * takes too long or too much is ended, and the next job gets a new one.
 */
export class WorkerPool {
  private readonly idle: Worker[] = [];
  private readonly all = new Set<Worker>();
  private readonly queue: Job[] = [];
  private busy = 0;
  private closed = false;

  constructor(
    private readonly rules: WebAssembly.Module,
    private readonly limits: Limits,
  ) {}

  /** Starts a thread. @throws where none can be had */
  async warmUp(): Promise<void> {
    this.release(await this.start());
  }

  /**
   * Results of the entrypoints, all with the same input.
   *
   * @param input - JSON
   * @throws TimeOut, NoThread, or Error with the words of what broke
   */
  run(input: Uint8Array, entrypoints: readonly string[]): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      this.queue.push({ input, entrypoints, resolve, reject });
      this.next();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const { reject } of this.queue.splice(0)) reject(new Error(CLOSED));
    await Promise.all([...this.all].map(worker => worker.terminate()));
  }

  private next(): void {
    if (this.busy >= this.limits.workers) return;
    const job = this.queue.shift();
    if (!job) return;
    this.busy += 1;
    this.work(job)
      .then(job.resolve, job.reject)
      .finally(() => {
        this.busy -= 1;
        this.next();
      });
  }

  private async work({ input, entrypoints }: Job): Promise<unknown[]> {
    if (this.closed) throw new Error(CLOSED);
    const worker = this.idle.pop() ?? (await this.start());
    try {
      // A copy that moves to the thread: rules may be asked one by one after it.
      const buffer = new Uint8Array(input).buffer;
      const { results, error } = await answer(
        worker,
        this.limits.timeoutMs,
        () => worker.postMessage({ entrypoints, input: buffer }, [buffer]),
      );
      this.release(worker);
      if (!results) throw new Error(wordsOf(error));
      return results;
    } catch (error) {
      if (!this.idle.includes(worker)) await worker.terminate();
      throw error;
    }
  }

  private release(worker: Worker): void {
    // An idle pool keeps no process alive.
    worker.unref();
    this.idle.push(worker);
  }

  private async start(): Promise<Worker> {
    const { memoryMiB } = this.limits;
    const worker = new Worker(packageFile('worker/evaluate.cjs'), {
      workerData: { rules: this.rules, pages: memoryMiB * PAGES_PER_MIB },
      resourceLimits: { maxOldGenerationSizeMb: memoryMiB },
      // Neither secrets of the environment nor what the process preloads.
      env: {},
      execArgv: [],
    });
    this.all.add(worker);
    worker.once('exit', () => {
      this.all.delete(worker);
      const at = this.idle.indexOf(worker);
      if (at >= 0) this.idle.splice(at, 1);
    });
    // What goes wrong is told to whoever waits; a thread that idles has no one.
    worker.on('error', () => {});
    try {
      await answer(worker, START_TIMEOUT_MS, () => {});
    } catch (error) {
      await worker.terminate();
      const { message } = error as Error;
      throw new NoThread(`The rules cannot be asked. ${message}`);
    }
    return worker;
  }
}

/** The next message of a worker, in time. */
function answer(
  worker: Worker,
  timeoutMs: number,
  ask: () => void,
): Promise<Message> {
  return new Promise((resolve, reject) => {
    worker.ref();
    const ended = new AbortController();
    const settle = (end: () => void) => {
      ended.abort();
      end();
    };
    const on = (event: string, listener: (value: unknown) => void) => {
      worker.on(event, listener);
      ended.signal.addEventListener('abort', () => worker.off(event, listener));
    };
    on('message', message => settle(() => resolve(message as Message)));
    on('error', error =>
      settle(() => reject(new Error(wordsOf((error as Error).message)))),
    );
    on('exit', () => settle(() => reject(new Error(CLOSED))));
    const late = () =>
      settle(() =>
        reject(new TimeOut(`It took longer than ${timeoutMs / 1000} s.`)),
      );
    // An answer that lies unread while this thread was busy is in time.
    const timer = setTimeout(() => setImmediate(late), timeoutMs);
    ended.signal.addEventListener('abort', () => clearTimeout(timer));
    ask();
  });
}

/** Words for the people who own a component or a rule. */
function wordsOf(message = ''): string {
  if (/memory|opa_malloc|unreachable|out of bounds/i.test(message)) {
    return 'It needed more memory than it may use.';
  }
  return `It broke off: ${message.slice(0, 300)}`;
}
