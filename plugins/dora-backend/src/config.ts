import { Config, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import {
  DEFAULT_OPTIONS,
  MetricOptions,
} from '@waymark/backstage-plugin-dora-common';
import { z } from 'zod';

const pattern = z.string().min(1).max(300);
const durationSchema = z.union([
  z.string(),
  z.record(z.string(), z.number().nonnegative()),
]);
const schema = z
  .object({
    environments: z
      .object({ production: z.array(pattern).min(1).max(100).optional() })
      .strict()
      .optional(),
    deployments: z
      .array(
        z
          .object({
            from: z.enum(['workflow-run', 'release']),
            repository: pattern.default('*'),
            workflow: pattern.default('*'),
            branch: pattern.default('*'),
            environment: z.string().min(1).max(300),
          })
          .strict(),
      )
      .max(100)
      .default([]),
    incidentWindow: durationSchema.optional(),
    firstDeploymentWindow: durationSchema.optional(),
    rolloutWindow: durationSchema.optional(),
    recoverWithoutIncident: z.boolean().optional(),
    ingest: z
      .object({
        bodyLimit: z.number().int().min(1024).max(26_214_400).optional(),
        rateLimit: z
          .object({
            window: durationSchema.optional(),
            deliveries: z.number().int().min(1).max(1_000_000).optional(),
          })
          .strict()
          .optional(),
      })
      .strict()
      .optional(),
    /** Each module reads its own. */
    sources: z.record(z.string(), z.unknown()).optional(),
  })
  .strict();

/** What facts are made with; other values make other facts. */
export interface FactSettings {
  /** Patterns of environments. */
  production: string[];
  deployments: {
    from: 'workflow-run' | 'release';
    repository: string;
    workflow: string;
    branch: string;
    environment: string;
  }[];
  incidentHours: number;
  firstDeploymentDays: number;
}

/** What an administrator can set. */
export interface DoraConfig {
  facts: FactSettings;
  metrics: MetricOptions;
  ingest: {
    /** In bytes. */
    bodyLimit: number;
    rateLimit: { windowMs: number; deliveries: number };
  };
}

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

/** @throws Error that names the key */
export function readConfig(config: Config): DoraConfig {
  const own = config.getOptionalConfig('dora');
  const parsed = schema.safeParse(own?.get() ?? {});
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new Error(`dora.${path.join('.')}: ${message}`);
  }
  const { environments, deployments, recoverWithoutIncident, ingest } =
    parsed.data;
  const milliseconds = (
    key: string,
    otherwise: number,
    [least, most]: [number, number],
  ) => {
    if (!own?.has(key)) return otherwise;
    const value = durationToMilliseconds(readDurationFromConfig(own, { key }));
    if (value < least || value > most) {
      throw new Error(`dora.${key} is too short or too long`);
    }
    return value;
  };
  const MINUTE = 60 * SECOND;
  return {
    facts: {
      production: environments?.production ?? [
        'production',
        'production-*',
        'prod',
        'prod-*',
      ],
      deployments,
      incidentHours:
        milliseconds('incidentWindow', DAY, [MINUTE, 30 * DAY]) / HOUR,
      firstDeploymentDays:
        milliseconds('firstDeploymentWindow', 30 * DAY, [DAY, 365 * DAY]) / DAY,
    },
    metrics: {
      rolloutHours:
        milliseconds('rolloutWindow', DEFAULT_OPTIONS.rolloutHours * HOUR, [
          MINUTE,
          30 * DAY,
        ]) / HOUR,
      recoverWithoutIncident:
        recoverWithoutIncident ?? DEFAULT_OPTIONS.recoverWithoutIncident,
    },
    ingest: {
      bodyLimit: ingest?.bodyLimit ?? 10 * 1024 * 1024,
      rateLimit: {
        windowMs: milliseconds('ingest.rateLimit.window', MINUTE, [
          SECOND,
          HOUR,
        ]),
        deliveries: ingest?.rateLimit?.deliveries ?? 60_000,
      },
    },
  };
}
