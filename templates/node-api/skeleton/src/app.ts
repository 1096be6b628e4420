import { randomUUID } from 'node:crypto';
import swagger from '@fastify/swagger';
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod';
import type { Registry } from 'prom-client';
import type { Config } from './config.ts';
import { addHealthRoutes, type Readiness } from './health.ts';
import { measureRequests } from './metrics.ts';
import { reportProblems } from './problem.ts';
import { quoteRoutes } from './quotes/routes.ts';
import type { QuoteStore } from './quotes/store.ts';
import { service } from './service.ts';
import type { Telemetry } from './telemetry.ts';

export interface AppParts {
  config: Config;
  logger: FastifyBaseLogger;
  registry: Registry;
  readiness: Readiness;
  telemetry: Telemetry;
  quotes: QuoteStore;
}

/** A caller's request id is taken when it is harmless, else one is made. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given)
    ? given
    : randomUUID();
}

/** The whole service without a port: what tests and `main` share. */
export async function createApp(parts: AppParts): Promise<FastifyInstance> {
  const { config, logger, registry, readiness, telemetry, quotes } = parts;
  const app: FastifyInstance = fastify({
    loggerInstance: logger,
    bodyLimit: config.BODY_LIMIT_BYTES,
    requestTimeout: config.REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    genReqId: request => requestId(request.headers['x-request-id']),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  reportProblems(app);

  await telemetry.instrument(app);
  measureRequests(app, registry);
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
  });

  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: service.name,
        version: service.version,
        description: service.description,
      },
    },
    transform: jsonSchemaTransform,
  });
  addHealthRoutes(app, readiness);
  await app.register(quoteRoutes, {
    quotes,
    vatBasisPoints: config.VAT_BASIS_POINTS,
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () =>
    app.swagger(),
  );
  return app;
}
