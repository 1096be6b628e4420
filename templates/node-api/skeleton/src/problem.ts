import type {
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
} from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';

/** An error as RFC 9457 describes it. */
const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string().optional(),
  instance: z.string().describe('The id of the request, to find it in logs.'),
  errors: z
    .array(z.object({ pointer: z.string(), detail: z.string() }))
    .optional(),
});

/** How a route describes a refusal in the OpenAPI document. */
export const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});

type Problem = z.infer<typeof problemSchema>;

const REFUSALS = {
  404: 'Not found',
  409: 'The request does not fit what is kept',
  422: 'The request cannot be carried out',
} as const;

/** A refusal the caller can understand and mend. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly status: keyof typeof REFUSALS;

  constructor(message: string, status: keyof typeof REFUSALS = 422) {
    super(message);
    this.status = status;
  }
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Omit<Problem, 'type' | 'instance'>,
) {
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: 'about:blank',
        instance: request.id,
        ...problem,
      }),
    );
}

/** Answers every error as a problem; nothing internal leaves the service. */
export function reportProblems(app: FastifyInstance) {
  app.setNotFoundHandler((request, reply) =>
    send(request, reply, { status: 404, title: 'Not found' }),
  );
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (hasZodFastifySchemaValidationErrors(error)) {
      return send(request, reply, {
        status: 400,
        title: 'The request is not valid',
        errors: error.validation.map(issue => ({
          // A JSON pointer: the whole document is the empty string.
          pointer: issue.instancePath.replace(/^\/$/, ''),
          detail: issue.message ?? 'is not valid',
        })),
      });
    }
    if (error instanceof DomainError) {
      return send(request, reply, {
        status: error.status,
        title: REFUSALS[error.status],
        detail: error.message,
      });
    }
    const status = error.statusCode ?? 500;
    if (status < 500) {
      return send(request, reply, { status, title: error.message });
    }
    request.log.error({ err: error }, 'request failed');
    return send(request, reply, { status: 500, title: 'Internal error' });
  });
}
