import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);
const milliseconds = z.coerce.number().int().min(0).max(600_000);
const seconds = z.coerce.number().int().min(0).max(600);

const schema = z.object({
  /** Address to listen on, for both ports. */
  HOST: z.string().min(1).default('0.0.0.0'),
  /** Port of the API, health and readiness. 0 takes any free port. */
  PORT: port.default(8080),
  /** Port of the Prometheus metrics, kept apart so it is never public. */
  METRICS_PORT: port.default(9464),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info'),
  /** Largest accepted request body, in bytes. */
  BODY_LIMIT_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_485_760)
    .default(262_144),
  /** Longest time a client may take to send its request, in milliseconds. */
  REQUEST_TIMEOUT_MS: milliseconds.default(10_000),
  /** After SIGTERM: how long to keep serving while load balancers look away. */
  SHUTDOWN_DELAY_SECONDS: seconds.default(5),
  /** After that: how long requests in flight may take before the process ends. */
  SHUTDOWN_TIMEOUT_SECONDS: seconds.default(20),
  /** Value added tax on every quote, in basis points: 2000 is 20 %. */
  VAT_BASIS_POINTS: z.coerce.number().int().min(0).max(10_000).default(2_000),
  /** Where traces go (OTLP over HTTP). Traces are off while it is not set. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
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
export function loadConfig(env: NodeJS.ProcessEnv): Config {
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
