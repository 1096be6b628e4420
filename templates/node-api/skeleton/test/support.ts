import { createApp } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { Readiness } from '../src/health.ts';
import { createLogger } from '../src/logger.ts';
import { createRegistry } from '../src/metrics.ts';
import { startTelemetry, type Telemetry } from '../src/telemetry.ts';

/** The service as it runs, with its log kept in memory. */
export async function startApp(
  env: NodeJS.ProcessEnv = {},
  telemetry: Telemetry = startTelemetry(undefined),
) {
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger('info', {
    write: line => void lines.push(JSON.parse(line)),
  });
  const registry = createRegistry();
  const readiness = new Readiness();
  const app = await createApp({
    config: loadConfig(env),
    logger,
    registry,
    readiness,
    telemetry,
  });
  return { app, lines, logger, registry, readiness };
}
