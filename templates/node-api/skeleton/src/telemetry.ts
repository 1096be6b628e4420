import { FastifyOtelInstrumentation } from '@fastify/otel';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  NodeTracerProvider,
} from '@opentelemetry/sdk-trace-node';
import type { FastifyInstance } from 'fastify';
import { service } from './service.ts';

export interface Telemetry {
  /** Makes a span of every request but the probes. Call before adding routes. */
  instrument(app: FastifyInstance): Promise<void>;
  /** Sends what is still buffered. */
  shutdown(): Promise<void>;
}

const off: Telemetry = {
  instrument: async () => {},
  shutdown: async () => {},
};

/**
 * Starts tracing with W3C propagation when an OTLP endpoint is given; without
 * one nothing is recorded and nothing is sent.
 */
export function startTelemetry(endpoint: string | undefined): Telemetry {
  if (!endpoint) return off;

  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.name': service.name,
      'service.version': service.version,
    }),
    spanProcessors: [
      new BatchSpanProcessor(
        new OTLPTraceExporter({
          url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
        }),
      ),
    ],
  });
  // Sets W3C trace context and baggage as the way traces are passed on.
  provider.register();

  // Calls made with fetch carry the trace on to the next service.
  const outgoing = new UndiciInstrumentation();
  outgoing.setTracerProvider(provider);
  outgoing.enable();

  const incoming = new FastifyOtelInstrumentation({
    instrumentHooks: false,
    ignorePaths: ({ url }) => url === '/healthz' || url === '/readyz',
    requestHook: (span, request) =>
      span.updateName(`${request.method} ${request.routeOptions.url ?? ''}`),
  });
  incoming.setTracerProvider(provider);

  return {
    instrument: async app => {
      await app.register(incoming.plugin());
    },
    shutdown: () => provider.shutdown(),
  };
}
