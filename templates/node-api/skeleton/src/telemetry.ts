import { FastifyOtelInstrumentation } from '@fastify/otel';
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  CompositePropagator,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
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

  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  propagation.setGlobalPropagator(
    new CompositePropagator({
      propagators: [
        new W3CTraceContextPropagator(),
        new W3CBaggagePropagator(),
      ],
    }),
  );
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': service.name,
      'service.version': service.version,
    }),
    sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({
          url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
        }),
      }),
    ],
  });
  trace.setGlobalTracerProvider(provider);

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
