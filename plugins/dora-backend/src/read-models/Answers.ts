import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

const MOST = 200;
/** An answer says as of when it is; it is not older than that. */
const KEPT_MS = 30_000;
/** No rest is longer. */
const MOST_REST_MS = 250;

/** How an answer is computed. */
export interface Computation<T> {
  /** Of what it is computed; another one: another answer. */
  version(): Promise<string>;
  answer(): Promise<T>;
}

interface Kept<T> {
  version: string;
  until: number;
  answer: Promise<T>;
  /** Until it has rested. */
  resting?: Promise<void>;
  /** What is computed after the rest, for all who asked meanwhile. */
  next?: Promise<T>;
}

/**
 * Answers of this process, until what they were computed of is another. In a burst of
 * changes each rests for as long as it took to compute, and leaves half of the time
 * to others; nobody is given one from before they asked.
 */
export class Answers<T> {
  private readonly kept = new Map<string, Kept<T>>();

  /** Computed once for all who ask at the same time. */
  async get(key: unknown, computation: Computation<T>): Promise<T> {
    const id = createHash('sha256').update(JSON.stringify(key)).digest('hex');
    const version = await computation.version();
    const known = this.kept.get(id);
    if (!known) return this.begin(id, version, computation);
    if (known.version === version && known.until > Date.now()) {
      return this.keep(id, known).answer;
    }
    if (!known.resting) return this.begin(id, version, computation);
    known.next ??= known.resting
      .then(() => computation.version())
      .then(latest => this.begin(id, latest, computation));
    return known.next;
  }

  private begin(
    id: string,
    version: string,
    computation: Computation<T>,
  ): Promise<T> {
    const begun = Date.now();
    const answer = computation.answer();
    const kept: Kept<T> = { version, until: begun + KEPT_MS, answer };
    const rest = async () => {
      const rested = Math.min(Date.now() - begun, MOST_REST_MS);
      await delay(rested, undefined, { ref: false });
      kept.resting = undefined;
    };
    kept.resting = answer.then(rest, () => {
      if (this.kept.get(id) === kept) this.kept.delete(id);
    });
    return this.keep(id, kept).answer;
  }

  /** The one asked for last is dropped last. */
  private keep(id: string, kept: Kept<T>): Kept<T> {
    this.kept.delete(id);
    this.kept.set(id, kept);
    if (this.kept.size > MOST) {
      this.kept.delete(this.kept.keys().next().value!);
    }
    return kept;
  }
}
