import { RootConfigService } from '@backstage/backend-plugin-api';
import { z } from 'zod';

const KEY = 'dora.sources.argocd';
const patternSchema = z.string().min(1).max(300);
const name = z.string().min(1).max(300);

const schema = z
  .object({
    tokens: z.unknown(),
    componentAnnotation: name.default('waymark.dev/component'),
    gitopsRepositories: z.array(patternSchema).max(100).default([]),
    environments: z
      .array(
        z
          .object({
            application: patternSchema.default('*'),
            project: patternSchema.default('*'),
            namespace: patternSchema.default('*'),
            cluster: patternSchema.default('*'),
            environment: name,
            region: name.optional(),
          })
          .strict(),
      )
      .max(100)
      .default([]),
  })
  .strict();

/** How Applications are read. */
export type ArgocdSettings = Omit<z.infer<typeof schema>, 'tokens'>;

/** @throws Error that names the key */
export function readSettings(config: RootConfigService): ArgocdSettings {
  const parsed = schema.safeParse(config.getOptional(KEY) ?? {});
  if (parsed.success) {
    const { tokens: _tokens, ...settings } = parsed.data;
    return settings;
  }
  const [{ path, message }] = parsed.error.issues;
  throw new Error(`${[KEY, ...path].join('.')}: ${message}`);
}

/** Whether a text fits a pattern, in which `*` stands for any text. */
export function fits(pattern: string, text: string): boolean {
  const source = pattern
    .split('*')
    .map(part => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`, 'is').test(text);
}
