import type { FastifyInstance } from 'fastify';
import fastify from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Routes that say nothing about how users are served. */
const UNMEASURED = new Set(['/healthz', '/readyz']);

/** A registry with the process metrics of Node.js. */
export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/**
 * Measures rate, errors and duration of every request. The label is the route
 * pattern, never the URL, so callers cannot create new time series.
 */
export function measureRequests(app: FastifyInstance, registry: Registry) {
  const duration = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Duration of HTTP requests in seconds.',
    labelNames: [
      'http_request_method',
      'http_route',
      'http_response_status_code',
    ],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unmatched';
    if (UNMEASURED.has(route)) return;
    duration.observe(
      {
        http_request_method: request.routeOptions.url
          ? request.method
          : '_OTHER',
        http_route: route,
        http_response_status_code: String(reply.statusCode),
      },
      reply.elapsedTime / 1000,
    );
  });
}

/** A second, private server that only answers Prometheus. */
export function createMetricsServer(registry: Registry): FastifyInstance {
  const server = fastify({ logger: false, forceCloseConnections: true });
  server.get('/metrics', async (_request, reply) => {
    reply.type(registry.contentType);
    return registry.metrics();
  });
  return server;
}
