import { InputError } from '@backstage/errors';
import { previewRequestSchema } from '@waymark/backstage-plugin-golden-paths-common';
import { ErrorRequestHandler, json, RequestHandler } from 'express';
import { LIMITS } from './limits';

const parser = json({ limit: LIMITS.body.bytes });

/** The parser's own error repeats the whole body: answers of a form. */
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

/**
 * Checks what a preview is asked for.
 *
 * @throws InputError that names what is wrong
 */
export function parsePreviewBody(body: unknown) {
  // The steps' inputs are read by calls within calls, one for each level.
  if (isDeeperThan(LIMITS.body.levels, body)) {
    throw new InputError(
      `The body has more than ${LIMITS.body.levels} levels of lists and objects`,
    );
  }
  const parsed = previewRequestSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError(
    `${issue.path.join('.') || 'The body'}: ${issue.message}`,
  );
}

function isDeeperThan(levels: number, body: unknown): boolean {
  let level = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return true;
    level = level.flatMap(value =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  return false;
}
