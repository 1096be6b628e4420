import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const secretsSchema = z.object({
  postgresPassword: z.string().min(16),
  forgeToken: z.string().min(16),
  webhookSecret: z.string().min(16),
});

/** What the parts of one laptop run prove to each other that they belong. */
export type Secrets = z.infer<typeof secretsSchema>;

/** Reads this run's secrets, or makes them, readable by their owner only. */
export function ensureSecrets(path: string): Secrets {
  try {
    return secretsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const secrets: Secrets = {
    postgresPassword: randomBytes(24).toString('hex'),
    forgeToken: `wm_${randomBytes(24).toString('hex')}`,
    webhookSecret: randomBytes(24).toString('hex'),
  };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
}
