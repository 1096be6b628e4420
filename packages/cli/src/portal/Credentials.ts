import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { InputError } from '@backstage/errors';
import { lock } from 'proper-lockfile';
import { z } from 'zod';

const signInSchema = z.object({
  user: z.string(),
  clientId: z.string(),
  accessToken: z.string(),
  /** In milliseconds since 1970. */
  expiresAt: z.number(),
  refreshToken: z.string().optional(),
});

const fileSchema = z.object({
  /** Of the last sign-in. */
  current: z.string().optional(),
  portals: z.record(signInSchema).default({}),
});

/** That somebody is signed in to a portal. */
export type SignIn = z.infer<typeof signInSchema>;
type Kept = z.infer<typeof fileSchema>;

/**
 * Who is signed in where, in a file that its owner alone may read:
 * `waymark/credentials.json` below `XDG_CONFIG_HOME`, or `~/.config`.
 */
export class Credentials {
  readonly file: string;

  constructor(env: NodeJS.ProcessEnv) {
    const config =
      env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config');
    this.file = join(config, 'waymark', 'credentials.json');
  }

  /** @throws InputError where the file cannot be read */
  read(): Kept {
    let text: string;
    try {
      text = readFileSync(this.file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return { portals: {} };
      }
      throw new InputError(
        `${this.file} cannot be read: ${(error as Error).message}`,
      );
    }
    try {
      return fileSchema.parse(JSON.parse(text));
    } catch {
      // What it holds is not repeated: it may be a token.
      throw new InputError(
        `${this.file} is damaged. Delete it and sign in again.`,
      );
    }
  }

  /** Changes the file while no other waymark does. */
  async change<T>(work: (kept: Kept) => Promise<T> | T): Promise<T> {
    const folder = dirname(this.file);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const release = await lock(folder, {
      lockfilePath: join(folder, 'credentials.lock'),
      // A sign-in is renewed within the time that a portal has to answer.
      retries: { retries: 40, minTimeout: 50, maxTimeout: 1_000 },
      stale: 45_000,
    });
    try {
      const kept = this.read();
      const result = await work(kept);
      this.write(kept);
      return result;
    } finally {
      await release();
    }
  }

  private write(kept: Kept) {
    const partial = `${this.file}.${randomUUID()}`;
    writeFileSync(partial, `${JSON.stringify(kept, null, 2)}\n`, {
      mode: 0o600,
      flag: 'wx',
    });
    // A umask cannot add to the mode, but a file system may ignore it.
    chmodSync(partial, 0o600);
    renameSync(partial, this.file);
  }
}
