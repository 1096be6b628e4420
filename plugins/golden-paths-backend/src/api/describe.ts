import { operation } from '@waymark/backstage-plugin-insights-node';
import { z } from 'zod';

export const NOT_FOUND = {
  404: 'There is no such thing that the caller may see.',
};

/** A `get` that is asked by parameters. */
export const read = (summary: string, query: z.ZodType, body: z.ZodType) => ({
  get: operation(summary, { query }, { body }),
});

/** A route that is asked by a body, and works on what may not be there. */
export const asked = (
  summary: string,
  body: z.ZodType,
  answer?: z.ZodType,
  path: string[] = [],
) =>
  operation(
    summary,
    { path, body },
    {
      ...(answer ? { body: answer } : { status: 204 }),
      more: {
        ...NOT_FOUND,
        409: 'It cannot be done; the message says why.',
        413: 'The body is too large.',
        503: 'It takes too long, or too many are asked for at once.',
      },
    },
  );
