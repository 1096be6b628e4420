import { createApp } from './app.ts';
import { type Config, ConfigError, loadConfig } from './config.ts';
import { Readiness } from './health.ts';
import { shutdown } from './lifecycle.ts';
import { createLogger } from './logger.ts';
import { createMetricsServer, createRegistry } from './metrics.ts';
import { startTelemetry } from './telemetry.ts';

function readConfig(): Config {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(78);
  }
}

const config = readConfig();
const logger = createLogger(config.LOG_LEVEL);
const telemetry = startTelemetry(config.OTEL_EXPORTER_OTLP_ENDPOINT);
const registry = createRegistry();
const readiness = new Readiness();
const app = await createApp({
  config,
  logger,
  registry,
  readiness,
  telemetry,
});
const metrics = createMetricsServer(registry);

let stopping = false;
async function stop(signal: string) {
  if (stopping) return;
  stopping = true;
  logger.info({ signal }, 'asked to stop');
  const code = await shutdown({
    logger,
    drain: () => readiness.drain(),
    delayMs: config.SHUTDOWN_DELAY_SECONDS * 1000,
    timeoutMs: config.SHUTDOWN_TIMEOUT_SECONDS * 1000,
    close: async () => {
      await app.close();
      await metrics.close();
      await telemetry.shutdown();
    },
  });
  process.exit(code);
}
process.on('SIGTERM', signal => void stop(signal));
process.on('SIGINT', signal => void stop(signal));

try {
  await metrics.listen({ host: config.HOST, port: config.METRICS_PORT });
  await app.listen({ host: config.HOST, port: config.PORT });
} catch (err) {
  logger.fatal({ err }, 'could not listen');
  process.exit(1);
}
