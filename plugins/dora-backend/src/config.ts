import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Config, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import {
  DEFAULT_OPTIONS,
  MetricOptions,
} from '@waymark/backstage-plugin-dora-common';
import { z } from 'zod';
import { CountingRules, DEFAULT_RULES, RULES } from './rules/rules';
import { CompanyRules, WINDOWS } from './rules/rulesOf';

const pattern = z.string().min(1).max(300);
const durationSchema = z.union([
  z.string(),
  z.record(z.string(), z.number().nonnegative()),
]);
const patterns = z.array(pattern).max(100);

/** What counts; the same for the company and for who has rules of their own. */
const rulesShape = {
  environments: z
    .object({ production: patterns.min(1).optional() })
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
    .optional(),
  incidents: z
    .object({ severities: patterns.min(1).optional() })
    .strict()
    .optional(),
  changes: z
    .object({
      branches: patterns.optional(),
      exceptLabels: patterns.optional(),
    })
    .strict()
    .optional(),
};

const schema = z
  .object({
    ...rulesShape,
    overrides: z
      .array(
        z
          .object({
            for: z.string().transform((text, context) => {
              try {
                const ref = parseEntityRef(text);
                if (/^(group|component)$/i.test(ref.kind)) {
                  return stringifyEntityRef(ref);
                }
              } catch {
                // Said below.
              }
              context.addIssue({
                code: 'custom',
                message: 'must be a group or a component, group:default/a',
              });
              return z.NEVER;
            }),
            ...rulesShape,
          })
          .strict(),
      )
      .max(1_000)
      .default([]),
    incidentWindow: durationSchema.optional(),
    firstDeploymentWindow: durationSchema.optional(),
    rolloutWindow: durationSchema.optional(),
    recoverWithoutIncident: z.boolean().optional(),
    backfill: z
      .object({ days: z.number().int().min(0).max(1_825).optional() })
      .strict()
      .optional(),
    retention: z
      .object({ deliveries: durationSchema.optional() })
      .strict()
      .optional(),
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
export interface FactSettings extends CompanyRules {
  incidentHours: number;
  firstDeploymentDays: number;
}

/** What an administrator can set. */
export interface DoraConfig {
  facts: FactSettings;
  metrics: MetricOptions;
  /** How far back histories are fetched; 0 where none is. */
  backfillDays: number;
  /** For how long bodies of deliveries are kept at least. */
  retentionMs: number;
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
  const { recoverWithoutIncident, ingest, overrides } = parsed.data;
  const stated = rulesIn(parsed.data);
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
      ...DEFAULT_RULES,
      ...stated,
      stated: [
        ...RULES.filter(name => stated[name] !== undefined),
        ...WINDOWS.filter(name => own?.has(name)),
      ],
      overrides: overrides.map(one => ({ for: one.for, ...rulesIn(one) })),
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
    backfillDays: parsed.data.backfill?.days ?? 180,
    retentionMs: milliseconds('retention.deliveries', 90 * DAY, [
      DAY,
      3_650 * DAY,
    ]),
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

/** Those that are stated. */
function rulesIn(said: {
  environments?: { production?: string[] };
  deployments?: CountingRules['deployments'];
  incidents?: { severities?: string[] };
  changes?: { branches?: string[]; exceptLabels?: string[] };
}): Partial<CountingRules> {
  const rules: Partial<CountingRules> = {
    production: said.environments?.production,
    deployments: said.deployments,
    severities: said.incidents?.severities,
    branches: said.changes?.branches,
    exceptLabels: said.changes?.exceptLabels,
  };
  return Object.fromEntries(
    Object.entries(rules).filter(([, value]) => value !== undefined),
  );
}
