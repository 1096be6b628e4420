import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { DomainError, problem } from '../problem.ts';
import { price } from './price.ts';
import type { Quote } from './quote.ts';
import * as schemas from './schemas.ts';
import type { QuoteStore } from './store.ts';

const VALID_MS = 24 * 60 * 60 * 1000;

const toBody = (quote: Quote): z.infer<typeof schemas.quote> => ({
  ...quote,
  createdAt: quote.createdAt.toISOString(),
  validUntil: quote.validUntil.toISOString(),
  acceptedAt: quote.acceptedAt?.toISOString() ?? null,
});

/** A quote, or a refusal where there is none. */
function known(quote: Quote | undefined): Quote {
  if (quote) return quote;
  throw new DomainError('There is no such quote.', 404);
}

const answer = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'application/json': { schema } },
});

const NOT_VALID = problem('The request is not well formed.');
const NOT_FOUND = problem('There is no such quote.');

/**
 * The example resource: prices a basket, keeps the quote and accepts it.
 * Replace it with what your service is about.
 */
export const quoteRoutes: FastifyPluginAsyncZod<{
  quotes: QuoteStore;
  vatBasisPoints: number;
}> = async (app, { quotes, vatBasisPoints }) => {
  app.post(
    '/v1/quotes',
    {
      schema: {
        operationId: 'createQuote',
        summary: 'Price a basket and keep the quote for a day',
        tags: ['quotes'],
        body: schemas.quoteRequest,
        response: {
          201: answer('The quote.', schemas.quote),
          400: NOT_VALID,
          422: problem('The basket cannot be priced.'),
        },
      },
    },
    async (request, reply) => {
      const { currency, lines } = request.body;
      const createdAt = new Date();
      const quote: Quote = {
        id: randomUUID(),
        currency,
        lines,
        vatBasisPoints,
        ...price(lines, vatBasisPoints),
        createdAt,
        validUntil: new Date(createdAt.getTime() + VALID_MS),
        acceptedAt: null,
      };
      await quotes.add(quote);
      reply.header('location', `/v1/quotes/${quote.id}`);
      return reply.code(201).send(toBody(quote));
    },
  );

  app.get(
    '/v1/quotes',
    {
      schema: {
        operationId: 'listQuotes',
        summary: 'List quotes, the oldest first',
        tags: ['quotes'],
        querystring: schemas.pageRequest,
        response: {
          200: answer('A page of quotes.', schemas.page),
          400: NOT_VALID,
        },
      },
    },
    async request => {
      const { after, limit } = request.query;
      // One more tells whether there is a next page.
      const found = await quotes.list(after, limit + 1);
      const items = found.slice(0, limit);
      return {
        items: items.map(toBody),
        next: found.length > limit ? (items.at(-1)?.id ?? null) : null,
      };
    },
  );

  app.get(
    '/v1/quotes/:quoteId',
    {
      schema: {
        operationId: 'getQuote',
        summary: 'Show a quote',
        tags: ['quotes'],
        params: schemas.quoteParams,
        response: {
          200: answer('The quote.', schemas.quote),
          400: NOT_VALID,
          404: NOT_FOUND,
        },
      },
    },
    async request => toBody(known(await quotes.find(request.params.quoteId))),
  );

  app.put(
    '/v1/quotes/:quoteId/acceptance',
    {
      schema: {
        operationId: 'acceptQuote',
        summary: 'Accept a quote; a second time changes nothing',
        tags: ['quotes'],
        params: schemas.quoteParams,
        response: {
          200: answer('The accepted quote.', schemas.quote),
          400: NOT_VALID,
          404: NOT_FOUND,
          409: problem('The quote is no longer valid.'),
        },
      },
    },
    async request => {
      const { quoteId } = request.params;
      const quote = known(await quotes.accept(quoteId, new Date()));
      if (!quote.acceptedAt) {
        throw new DomainError('The quote is no longer valid.', 409);
      }
      return toBody(quote);
    },
  );
};
