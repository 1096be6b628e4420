import type { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { SpanContext } from '@opentelemetry/api';
import type { Logger } from 'pino';
import type { Metrics } from './metrics';
import type { MatchRoute } from './routes';

/** What is known of a request while it is being answered. */
export interface RequestRecord {
  id: string;
  /** The span of the whole request, when it is traced. */
  span?: SpanContext;
  /** The error that has been logged for it. */
  digest?: string;
}

interface Parts {
  logger: Logger;
  metrics: Metrics;
  matchRoute: MatchRoute;
  current: AsyncLocalStorage<RequestRecord>;
}

/** Routes that say nothing about how users are served. */
const QUIET = new Set(['/healthz', '/readyz', '/vitals', '/_next/static']);
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);
/** What a request gets whose client went away before an answer. */
const CLIENT_CLOSED = 499;

/** A caller's request id is taken when it is harmless, else one is made. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given)
    ? given
    : randomUUID();
}

/**
 * Measures and logs every request that reaches the port, by the channel on which
 * Node.js announces them: Next.js owns the server and offers no hook for this.
 *
 * @param isOurs - tells the server of the pages from others in the process
 * @returns the servers seen so far, and how to stop listening
 */
export function observeRequests(
  { logger, metrics, matchRoute, current }: Parts,
  isOurs: (request: IncomingMessage) => boolean,
) {
  const servers = new Set<Server>();

  function onStart(message: unknown) {
    const { request, response, server } = message as {
      request: IncomingMessage;
      response: ServerResponse;
      server: Server;
    };
    if (!isOurs(request)) return;
    servers.add(server);
    const begun = performance.now();
    const record: RequestRecord = {
      id: requestId(request.headers['x-request-id']),
    };
    request.headers['x-request-id'] = record.id;
    response.setHeader('x-request-id', record.id);
    current.enterWith(record);
    const path = request.url?.split('?', 1)[0] ?? '/';

    response.once('close', () => {
      const route = matchRoute(path);
      const seconds = (performance.now() - begun) / 1000;
      const status = response.headersSent ? response.statusCode : CLIENT_CLOSED;
      const method = METHODS.has(request.method ?? '')
        ? String(request.method)
        : '_OTHER';
      if (!QUIET.has(route))
        metrics.observeRequest(method, route, status, seconds);
      logger[QUIET.has(route) ? 'debug' : 'info'](
        {
          request_id: record.id,
          ...(record.span && {
            trace_id: record.span.traceId,
            span_id: record.span.spanId,
          }),
          method,
          route,
          status,
          seconds: Math.round(seconds * 10_000) / 10_000,
        },
        'request',
      );
    });
  }

  subscribe('http.server.request.start', onStart);
  return {
    servers,
    stop: () => unsubscribe('http.server.request.start', onStart),
  };
}
