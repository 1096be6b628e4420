import { z } from 'zod';

/** A part of a document. */
export interface JsonObject {
  [key: string]: unknown;
}

/** What a route answers. */
export interface Answer {
  /** 200 unless said. */
  status?: number;
  /** Left out where there is no body. */
  body?: z.ZodType | 'text/csv';
  /** Statuses besides those of every route, with what each means. */
  more?: Readonly<Record<number, string>>;
}

const ERRORS = {
  400: 'What is asked cannot be answered; the message names the parameter.',
  401: 'No valid credentials.',
  403: 'The caller may not do this.',
};

/**
 * The OpenAPI document of a plugin, which it serves at `/openapi.json`.
 *
 * @param pluginId - also its path below `/api`
 */
export function openApiDocument(
  pluginId: string,
  info: { title: string; description: string },
  paths: JsonObject,
) {
  return {
    openapi: '3.1.0',
    info: { ...info, version: '1.0.0' },
    servers: [{ url: `/api/${pluginId}` }],
    security: [{ backstage: [] }],
    paths: {
      ...paths,
      '/openapi.json': {
        get: {
          summary: 'This document',
          responses: { 200: { description: 'An OpenAPI document.' } },
        },
      },
    },
    components: {
      securitySchemes: {
        backstage: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
    },
  };
}

/** One route, from the schemas that it checks what comes by. */
export function operation(
  summary: string,
  asked: { path?: string[]; query?: z.ZodType; body?: z.ZodType },
  answer: Answer,
): JsonObject {
  const { path = [], query, body } = asked;
  const parameters = [
    ...path.map(name => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...(query ? queryParameters(query) : []),
  ];
  return {
    summary,
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: !body.safeParse({}).success,
        content: contentOf(body, 'input'),
      },
    }),
    responses: responsesOf(answer),
  };
}

function responsesOf({ status = 200, body, more }: Answer): JsonObject {
  const errors = Object.entries({ ...ERRORS, ...more });
  return {
    [status]: {
      description: 'Done.',
      ...(body && { content: contentOf(body, 'output') }),
    },
    ...Object.fromEntries(
      errors.map(([code, description]) => [code, { description }]),
    ),
  };
}

function queryParameters(query: z.ZodType): JsonObject[] {
  const { properties = {}, required = [] } = jsonSchema(query, 'input') as {
    properties?: Record<string, JsonObject>;
    required?: string[];
  };
  return Object.entries(properties).map(
    ([name, { description, ...schema }]) => ({
      name,
      in: 'query',
      required: required.includes(name),
      ...(description !== undefined && { description }),
      schema,
    }),
  );
}

function contentOf(
  body: z.ZodType | 'text/csv',
  io: 'input' | 'output',
): JsonObject {
  return body === 'text/csv'
    ? { [body]: {} }
    : { 'application/json': { schema: jsonSchema(body, io) } };
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io }) as JsonObject;
  return rest;
}
