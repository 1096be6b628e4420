import { createHash } from 'node:crypto';

const MOST = 200;
/** An answer says as of when it is; it is not older than that. */
const KEPT_MS = 30_000;

interface Kept<T> {
  version: string;
  until: number;
  answer: Promise<T>;
}

/** Answers of this process, until what they were computed of is another. */
export class Answers<T> {
  private readonly kept = new Map<string, Kept<T>>();

  /** Computed once for all who ask at the same time. */
  get(key: unknown, version: string, compute: () => Promise<T>): Promise<T> {
    const id = createHash('sha256').update(JSON.stringify(key)).digest('hex');
    const known = this.kept.get(id);
    // The one asked for last is dropped last.
    this.kept.delete(id);
    const now = Date.now();
    const fresh = known && known.version === version && known.until > now;
    const kept = fresh
      ? known
      : { version, until: now + KEPT_MS, answer: compute() };
    this.kept.set(id, kept);
    if (this.kept.size > MOST) {
      this.kept.delete(this.kept.keys().next().value!);
    }
    kept.answer.catch(() => {
      if (this.kept.get(id) === kept) this.kept.delete(id);
    });
    return kept.answer;
  }
}
