import {
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ForgeLogger } from '../options';

/**
 * Writes a file so that a reader, or the next start after a kill, sees the old
 * text or the new one and nothing between.
 */
export async function writeAtomically(
  file: string,
  text: string,
): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(temporary, text, { mode: 0o600 });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** File name for a key: letters, digits, `_` and `-`, nothing else. */
export function fileNameOf(key: string): string {
  return /^[a-z0-9_-]{1,80}$/.test(key)
    ? `${key}.json`
    : `x${createHash('sha256').update(key).digest('hex')}.json`;
}

/**
 * One folder of JSON documents, one per record, all in memory. Reading is
 * synchronous; a change is visible at once and its promise says when it is on
 * disk. Values are never changed in place.
 */
export class Collection<T extends object> {
  private readonly values = new Map<string, Readonly<T>>();
  private readonly writes = new Map<string, Promise<void>>();

  private constructor(
    private readonly dir: string,
    private readonly keyOf: (value: T) => string,
  ) {}

  /** Reads what is there. A document that cannot be read is left alone and reported. */
  static async open<S extends z.ZodTypeAny>(options: {
    dir: string;
    schema: S;
    keyOf: (value: z.output<S>) => string;
    logger: ForgeLogger;
  }): Promise<Collection<z.output<S>>> {
    const { dir, schema, keyOf, logger } = options;
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const collection = new Collection<z.output<S>>(dir, keyOf);
    const names = (await readdir(dir)).sort((a, b) =>
      a.localeCompare(b, 'en', { numeric: true }),
    );
    for (const name of names) {
      const file = join(dir, name);
      if (name.endsWith('.tmp')) {
        await rm(file, { force: true });
      } else if (name.endsWith('.json')) {
        try {
          const value = schema.parse(JSON.parse(await readFile(file, 'utf8')));
          collection.values.set(keyOf(value), value);
        } catch (error) {
          logger.error(`Forge record ${file} is unreadable and left out`);
        }
      }
    }
    return collection;
  }

  get(key: string): Readonly<T> | undefined {
    return this.values.get(key);
  }

  /** Every record; numbered ones oldest first. */
  list(): Readonly<T>[] {
    return [...this.values.values()];
  }

  get size(): number {
    return this.values.size;
  }

  /** Stores a record; resolves when it is on disk. */
  put(value: T): Promise<void> {
    const key = this.keyOf(value);
    this.values.set(key, value);
    return this.write(key);
  }

  delete(key: string): Promise<void> {
    this.values.delete(key);
    return this.write(key);
  }

  /** Resolves when every change made so far is on disk. */
  async flush(): Promise<void> {
    await Promise.allSettled(this.writes.values());
  }

  /** Writes of one key follow each other; each writes what is newest by then. */
  private write(key: string): Promise<void> {
    const previous = this.writes.get(key) ?? Promise.resolve();
    const next = previous
      .catch(() => undefined)
      .then(async () => {
        const file = join(this.dir, fileNameOf(key));
        const value = this.values.get(key);
        if (value === undefined) {
          await rm(file, { force: true });
        } else {
          await writeAtomically(file, `${JSON.stringify(value)}\n`);
        }
      })
      .finally(() => {
        if (this.writes.get(key) === next) {
          this.writes.delete(key);
        }
      });
    this.writes.set(key, next);
    return next;
  }
}
