import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { z } from 'zod';

const DAY = 86_400_000;

/** How golden paths are counted. */
export interface Settings {
  /** Share of new services, 0..1. */
  target: number;
  /** Undefined where the templates say which. */
  types?: string[];
  settlingMs: number;
  maxActiveTemplates: number;
  /** May upgrade what anybody owns. */
  platformTeam: string;
}

const schema = z.object({
  target: z.number().min(0).max(1).default(0.8),
  types: z.array(z.string().min(1).max(100)).min(1).max(50).optional(),
  settlingMs: z
    .number()
    .min(0)
    .max(30 * DAY)
    .default(DAY),
  maxActiveTemplates: z.number().int().min(1).max(1000).default(8),
  platformTeam: z.string().default('group:default/platform-engineering'),
});

/** @throws InputError that names the key */
export function readConfig(config: Config): Settings {
  const root = config.getOptionalConfig('goldenPaths');
  const adoption = root?.getOptionalConfig('adoption');
  const parsed = schema.safeParse({
    target: adoption?.getOptionalNumber('target'),
    types: adoption?.getOptionalStringArray('types'),
    settlingMs: adoption?.has('settling')
      ? durationToMilliseconds(
          readDurationFromConfig(adoption, { key: 'settling' }),
        )
      : undefined,
    maxActiveTemplates: root?.getOptionalNumber('maxActiveTemplates'),
    platformTeam: config.getOptionalString('waymark.platformTeam'),
  });
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  const key = path[0] === 'maxActiveTemplates' ? path : ['adoption', ...path];
  throw new InputError(
    `goldenPaths.${key
      .join('.')
      .replace('settlingMs', 'settling')}: ${message}`,
  );
}
