import type { FastifyInstance } from 'fastify';

/** Whether the service wants traffic. Shared by the probes and the shutdown. */
export class Readiness {
  #draining = false;

  /** From now on the service asks to be left alone. */
  drain() {
    this.#draining = true;
  }

  get ready() {
    return !this.#draining;
  }
}

/**
 * `/healthz`: the process answers; when it does not, restart it. `/readyz`: it
 * wants traffic. Neither asks another service, so one that is down does not
 * take this one with it.
 */
export function addHealthRoutes(app: FastifyInstance, readiness: Readiness) {
  const hidden = { schema: { hide: true }, logLevel: 'warn' } as const;
  app.get('/healthz', hidden, async () => ({ status: 'ok' }));
  app.get('/readyz', hidden, async (_request, reply) => {
    if (readiness.ready) return { status: 'ready' };
    return reply.code(503).send({ status: 'draining' });
  });
}
