import { z } from 'zod';

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

/** The basket that a caller wants priced. */
export const quoteRequest = z.strictObject({
  currency,
  lines: z.array(line).min(1).max(100),
});

export const quoteParams = z.object({ quoteId: z.uuid() });

export const pageRequest = z.strictObject({
  after: z.uuid().optional().describe('`next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const amount = z.int().min(0).describe('In cents.');

export const quote = z.object({
  id: z.uuid(),
  currency,
  lines: z.array(line),
  netMinor: amount,
  vatMinor: amount,
  grossMinor: amount,
  vatBasisPoints: z.int().min(0).max(10_000).describe('2000 is 20 %.'),
  createdAt: z.iso.datetime(),
  validUntil: z.iso.datetime(),
  acceptedAt: z.iso.datetime().nullable(),
});

export const page = z.object({
  items: z.array(quote),
  next: z
    .uuid()
    .nullable()
    .describe('Asks for the next page as `after`; null on the last one.'),
});
