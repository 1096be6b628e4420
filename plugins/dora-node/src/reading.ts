import { z } from 'zod';
import { MalformedDelivery, Received } from './DeliverySource';

/**
 * Reads a part of a delivery.
 *
 * @throws MalformedDelivery that names the first thing that is wrong
 */
export function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw new MalformedDelivery(`${path.join('.') || 'body'}: ${message}`);
}

/** Looks into a body that nobody has read yet; undefined where it is not as expected. */
export function peek<T>(
  { body }: Received,
  look: (body: unknown) => T,
): T | undefined {
  try {
    return look(JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
}

/** An instant of a source, text or seconds since 1970, as observations have it. */
export const sourceInstant = z
  .union([z.string().max(50), z.number()])
  .transform((value, context) => {
    const at = new Date(typeof value === 'number' ? value * 1000 : value);
    const year = at.getUTCFullYear();
    if (year >= 1 && year <= 9999) return at.toISOString();
    context.addIssue({ code: 'custom', message: 'is no instant' });
    return z.NEVER;
  });

/** The first line of a text, of at most 500 characters. */
export function firstLine(value: string): string {
  return value.slice(0, 2_000).split(/\r?\n/, 1)[0].slice(0, 500);
}
