import { read, Received } from '@waymark/backstage-plugin-dora-node';
import { z } from 'zod';

/** A part of a body that is needed before it is translated; nothing where it is not so. */
export function peek<T>(
  schema: z.ZodType<T>,
  { body }: Received,
): T | undefined {
  try {
    return read(schema, JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
}
