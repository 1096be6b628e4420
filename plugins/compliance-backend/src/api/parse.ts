import { InputError } from '@backstage/errors';
import { refSchema } from '@waymark/backstage-plugin-insights-node';
import { ErrorRequestHandler, json, RequestHandler } from 'express';
import { z } from 'zod';

/** An owner or a system; empty for components without one. */
export const groupSchema = z.union([z.literal(''), refSchema]);

/** A page of a list. */
export const pageSchema = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
};

const parser = json({ limit: '64kb' });

/** The parser's own error repeats the whole body. */
const onParserError: ErrorRequestHandler = (error, _request, _response, next) =>
  next(
    error.type === 'entity.parse.failed'
      ? new InputError('The body is not JSON')
      : error,
  );

/** Reads a body of JSON; 413 where it is too large. */
export const readJson: (RequestHandler | ErrorRequestHandler)[] = [
  parser,
  onParserError,
];
