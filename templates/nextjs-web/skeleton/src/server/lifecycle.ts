import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSampleApi } from '../parcels/sample';
import { createMetricsServer } from './metrics';
import { observeRequests } from './requests';
import { shared } from './shared';
import { closeServer, shutdown } from './shutdown';
import { startTelemetry } from './telemetry';

/** Starts all that belongs to the service and is not a page. */
export async function startService(): Promise<void> {
  const service = shared();
  const { config, logger, metrics } = service;
  const flushTraces = startTelemetry(
    config.OTEL_EXPORTER_OTLP_ENDPOINT,
    service.current,
  );
  const port = Number(process.env.PORT);
  const { servers } = observeRequests(
    service,
    request => request.socket.localPort === port,
  );
  const metricsServer = createMetricsServer(metrics);
  await listen(metricsServer, config.METRICS_PORT, config.HOST);

  if (service.sampleData) {
    const api = createSampleApi();
    await listen(api, 0, '127.0.0.1');
    api.unref();
    service.parcelsApi = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
    logger.warn('PARCELS_API_URL is not set: pages show sample parcels');
  }
  // In development Next.js ends by itself.
  if (process.env.NEXT_MANUAL_SIG_HANDLE) {
    endOnSignal(async () => {
      await Promise.all([...servers].map(closeServer));
      await closeServer(metricsServer);
      await flushTraces();
    });
  }
  logger.info({ port, metricsPort: config.METRICS_PORT }, 'started');
}

function endOnSignal(close: () => Promise<void>) {
  const service = shared();
  const { config, logger } = service;
  const stop = async (signal: string) => {
    if (service.draining) return;
    logger.info({ signal }, 'asked to stop');
    const code = await shutdown({
      logger,
      drain: () => {
        service.draining = true;
      },
      delaySeconds: config.SHUTDOWN_DELAY_SECONDS,
      timeoutSeconds: config.SHUTDOWN_TIMEOUT_SECONDS,
      close,
    });
    process.exit(code);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => resolve());
  });
}
