import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535);
const seconds = z.coerce.number().min(0).max(600);
const address = z.url({ protocol: /^https?$/ });

const schema = z.object({
  /** Address to listen on, for both ports. */
  HOST: z.string().min(1).default('0.0.0.0'),
  /** Port of the pages, health and readiness. */
  PORT: port.default(8080),
  /** Port of the Prometheus metrics, kept apart so it is never public. */
  METRICS_PORT: port.default(9464),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  /** After SIGTERM: how long to keep serving while load balancers look away. */
  SHUTDOWN_DELAY_SECONDS: seconds.default(5),
  /** After that: how long requests in flight may take before the process ends. */
  SHUTDOWN_TIMEOUT_SECONDS: seconds.default(20),
  /** The parcels API. Not set, the pages show labelled sample parcels. */
  PARCELS_API_URL: address.optional(),
  /** How long the parcels API may take to answer. */
  PARCELS_API_TIMEOUT_SECONDS: seconds.min(0.1).default(3),
  /** Where traces go (OTLP over HTTP). Traces are off while it is not set. */
  OTEL_EXPORTER_OTLP_ENDPOINT: address.optional(),
});

export type Config = z.infer<typeof schema>;

/** Says which variables are wrong and why, and never repeats their values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the configuration from environment variables. An empty variable
 * counts as not set.
 *
 * @throws ConfigError naming every variable that is wrong.
 */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const set = Object.entries(env).filter(([, value]) => value !== '');
  const result = schema.safeParse(Object.fromEntries(set));
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    issue => `  ${issue.path.join('.')}: ${issue.message}`,
  );
  throw new ConfigError(
    `The configuration is not valid:\n${problems.join('\n')}`,
  );
}

/** As {@link loadConfig}; ends the process with code 78 when it is wrong. */
export function loadConfigOrExit(): Config {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(78);
  }
}
