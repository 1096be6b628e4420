import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { StartError } from '../fail';

const localConfigSchema = z.object({
  backend: z
    .object({
      database: z.object({ connection: z.unknown() }).partial().optional(),
    })
    .partial()
    .passthrough()
    .nullish(),
});

/**
 * Reads what laptop mode itself needs of app-config.local.yaml.
 *
 * @throws StartError with line and column where the file is not YAML
 */
export function readLocalConfig(root: string): { hasDatabase: boolean } {
  const path = join(root, 'app-config.local.yaml');
  if (!existsSync(path)) return { hasDatabase: false };
  try {
    const config = localConfigSchema.parse(
      parse(readFileSync(path, 'utf8')) ?? {},
    );
    return { hasDatabase: Boolean(config.backend?.database?.connection) };
  } catch (error) {
    if (error instanceof YAMLParseError) {
      throw new StartError(
        'app-config.local.yaml is not valid YAML.',
        error.message,
      );
    }
    if (error instanceof z.ZodError) {
      const { path: key, message } = error.issues[0];
      throw new StartError(
        `app-config.local.yaml has a bad value at ${
          key.join('.') || 'its top'
        }.`,
        message,
      );
    }
    throw error;
  }
}
