import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problem } from '../problem.ts';
import { price } from './price.ts';

const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .describe('Three letters of ISO 4217.');

const line = z.strictObject({
  sku: z.string().min(1).max(64),
  quantity: z.int().min(1).max(10_000),
  unitPriceMinor: z
    .int()
    .min(0)
    .max(1_000_000_000)
    .describe('Price of one, without tax, in cents.'),
});

const quoteRequest = z.strictObject({
  currency,
  lines: z.array(line).min(1).max(100),
});

const amount = z.int().min(0).describe('In cents.');

const quote = z.object({
  currency,
  netMinor: amount,
  vatMinor: amount,
  grossMinor: amount,
  vatBasisPoints: z.int().min(0).max(10_000).describe('2000 is 20 %.'),
});

/**
 * The example resource: prices a basket. It keeps nothing, so every replica
 * answers alike. Replace it with what your service is about.
 */
export const quoteRoutes: FastifyPluginAsyncZod<{
  vatBasisPoints: number;
}> = async (app, { vatBasisPoints }) => {
  app.post(
    '/v1/quotes',
    {
      schema: {
        operationId: 'createQuote',
        summary: 'Price a basket',
        tags: ['quotes'],
        body: quoteRequest,
        response: {
          200: {
            description: 'The priced basket.',
            content: { 'application/json': { schema: quote } },
          },
          400: problem('The basket is not well formed.'),
          422: problem('The basket cannot be priced.'),
        },
      },
    },
    async request => ({
      currency: request.body.currency,
      vatBasisPoints,
      ...price(request.body.lines, vatBasisPoints),
    }),
  );
};
