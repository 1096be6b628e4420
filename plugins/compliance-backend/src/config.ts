import { Config, readDurationFromConfig } from '@backstage/config';
import { z } from 'zod';
import { Cadence } from './work/nextRound';

const durationSchema = z.union([
  z.string(),
  z.partialRecord(
    z.enum(['days', 'hours', 'minutes', 'seconds']),
    z.number().nonnegative(),
  ),
]);
const schema = z
  .object({
    schedule: z
      .object({
        every: durationSchema.optional(),
        retry: durationSchema.optional(),
      })
      .strict()
      .optional(),
    charts: z.object({ url: z.url() }).strict().optional(),
    helm: z.string().min(1).optional(),
    opa: z
      .object({
        url: z.url(),
        token: z.string().optional(),
        timeout: durationSchema.optional(),
      })
      .strict()
      .optional(),
  })
  .strict();

/** What an administrator can set. */
export interface ComplianceConfig {
  cadence: Cadence;
  /** Folder of the charts that components' charts may depend on. */
  chartsUrl?: string;
  helm: string;
  opa?: { url: string; token?: string; timeoutMs?: number };
  platformTeam: string;
}

/** @throws Error that names the key */
export function readConfig(config: Config): ComplianceConfig {
  const own = config.getOptionalConfig('compliance');
  const parsed = schema.safeParse(own?.get() ?? {});
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new Error(`compliance.${path.join('.')}: ${message}`);
  }
  const { charts, helm = 'helm', opa } = parsed.data;
  const seconds = (key: string, otherwise: number) => {
    if (!own?.has(key)) return otherwise;
    const {
      days = 0,
      hours = 0,
      minutes = 0,
      seconds: rest = 0,
    } = readDurationFromConfig(own, { key });
    const sum = ((days * 24 + hours) * 60 + minutes) * 60 + rest;
    if (sum < 1) throw new Error(`compliance.${key} is no time at all`);
    return sum;
  };
  return {
    cadence: {
      every: seconds('schedule.every', 6 * 3600),
      retry: seconds('schedule.retry', 300),
    },
    ...(charts && { chartsUrl: charts.url }),
    helm,
    ...(opa && {
      opa: {
        url: opa.url,
        ...(opa.token && { token: opa.token }),
        ...(opa.timeout && { timeoutMs: seconds('opa.timeout', 5) * 1000 }),
      },
    }),
    platformTeam:
      config.getOptionalString('waymark.platformTeam') ??
      'group:default/platform-engineering',
  };
}
