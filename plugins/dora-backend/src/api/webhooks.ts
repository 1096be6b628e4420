import {
  HttpAuthService,
  HttpRouterService,
} from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import { DeliverySource } from '@waymark/backstage-plugin-dora-node';
import { raw, Request, RequestHandler, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import pLimit from 'p-limit';
import { DoraConfig } from '../config';
import { Receiver } from '../ingest/Receiver';

/** Bodies that say they are at most so large are read without waiting, in bytes. */
const SMALL = 256 * 1024;
/** Others are read so many at a time. */
const LARGE_AT_ONCE = 8;

/**
 * `POST /webhooks/:source`: keeps a signed delivery, and answers 202 when it is kept.
 *
 * Below that there is nothing, and it takes credentials to learn so: the way for
 * deliveries is open to everybody, and such a way is open with all that is below.
 */
export function webhookRoutes(options: {
  httpAuth: HttpAuthService;
  httpRouter: HttpRouterService;
  receiver: Receiver;
  sources: ReadonlyMap<string, DeliverySource>;
  ingest: DoraConfig['ingest'];
}): Router {
  const { httpAuth, httpRouter, receiver, sources, ingest } = options;
  const router = PromiseRouter({ caseSensitive: true, strict: true });
  const limit = limited(ingest.rateLimit);
  const body = bodyReader(ingest.bodyLimit);

  for (const [id, source] of sources) {
    const path = `/webhooks/${id}`;
    httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
    router.post(path, limit(id), body, async (request, response) => {
      const received = {
        body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
        headers: request.headers,
      };
      const kept = await receiver.receive(source, received);
      // Without the hash that `json` makes of it: nobody asks a second time.
      response.status(202).type('json').end(JSON.stringify(kept));
    });
  }

  router.use('/webhooks', async request => {
    await httpAuth.credentials(request, { allow: ['user', 'service'] });
    throw new NotFoundError('There is nothing here');
  });
  return router;
}

/** Counts what comes from an address for a source, loopback included. */
function limited({ windowMs, deliveries }: DoraConfig['ingest']['rateLimit']) {
  return (source: string): RequestHandler =>
    rateLimit({
      windowMs,
      limit: deliveries,
      standardHeaders: 'draft-7',
      legacyHeaders: false,
      keyGenerator: ({ ip }) => `${source} ${ipKeyGenerator(ip ?? '')}`,
      handler: (_request, _response, next) =>
        next(
          Object.assign(new Error('Too many deliveries; send it again later'), {
            name: 'TooManyRequestsError',
            statusCode: 429,
          }),
        ),
    });
}

/** Reads the body as it is; 413 where it is too large, also once decompressed. */
function bodyReader(limit: number): RequestHandler {
  const parse = raw({ type: () => true, limit });
  const queue = pLimit(LARGE_AT_ONCE);
  return (request, response, next) => {
    const read = () =>
      new Promise<void>(resolve => {
        // A sender that goes away must not keep its place.
        response.once('close', resolve);
        parse(request, response, error => {
          next(error && readable(error));
          resolve();
        });
      });
    if (isSmall(request)) read();
    else queue(read);
  };
}

function isSmall({ headers }: Request): boolean {
  const length = Number(headers['content-length'] ?? Infinity);
  return length <= SMALL && !headers['content-encoding'];
}

/** The parser's own error may repeat parts of the body. */
function readable(error: Error & { status?: number; statusCode?: number }) {
  const status = error.statusCode ?? error.status;
  return status === 413 || status === 415
    ? error
    : new InputError('The body could not be read');
}
