import {
  changesQuerySchema,
  changesSchema,
  cohortsQuerySchema,
  cohortsSchema,
  deploymentsQuerySchema,
  deploymentsSchema,
  explainQuerySchema,
  explainSchema,
  incidentsQuerySchema,
  incidentsSchema,
  metricsQuerySchema,
  metricsSchema,
} from '@waymark/backstage-plugin-dora-common';
import { z } from 'zod';
import { backfillBodySchema, backfillQuerySchema } from './backfill';
import { deliveriesQuerySchema } from './deliveries';
import {
  backfillSchema,
  backfillStartedSchema,
  deliveriesSchema,
  rebuildSchema,
  replayedSchema,
} from './answers';

interface JsonObject {
  [key: string]: unknown;
}

const ERRORS = {
  400: 'What is asked cannot be answered; the message names the parameter.',
  401: 'No valid credentials.',
  403: 'The caller may not do this.',
};

const read = (summary: string, query: z.ZodType, answer: z.ZodType) => ({
  get: {
    summary,
    parameters: parametersOf(query),
    responses: answered(200, answer),
  },
});

/** What each answers, for those who call it by hand or by a generated client. */
export const apiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Delivery metrics',
    version: '1.0.0',
    description:
      'The five DORA metrics of what the caller may see, and the deployments, changes and incidents behind each value.',
  },
  servers: [{ url: '/api/dora' }],
  security: [{ backstage: [] }],
  paths: {
    '/metrics': read(
      'The five metrics of a window, of the one before, and of its intervals',
      metricsQuerySchema,
      metricsSchema,
    ),
    '/cohorts': read(
      'Components side by side: by golden path, owner, system, tier or language',
      cohortsQuerySchema,
      cohortsSchema,
    ),
    '/deployments': read(
      'Deployments, or those that a value was made of',
      deploymentsQuerySchema,
      deploymentsSchema,
    ),
    '/changes': read(
      'Changes, or those that a value was made of',
      changesQuerySchema,
      changesSchema,
    ),
    '/incidents': read(
      'Incidents, or those that a value was made of',
      incidentsQuerySchema,
      incidentsSchema,
    ),
    '/explain': read(
      'Which events of a component were counted, which were not, and why',
      explainQuerySchema,
      explainSchema,
    ),
    '/deliveries': read(
      'Webhooks that were acknowledged, and what came of each',
      deliveriesQuerySchema,
      deliveriesSchema,
    ),
    '/deliveries/{id}/replay': {
      post: {
        summary: 'Reads a delivery again',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            schema: { type: 'string' },
          },
        ],
        responses: answered(202, replayedSchema),
      },
    },
    '/backfill': {
      ...read(
        'How far the history of each repository was fetched',
        backfillQuerySchema,
        backfillSchema,
      ),
      post: {
        summary: 'Fetches the history again, of one repository or all',
        requestBody: {
          content: {
            'application/json': {
              schema: jsonSchema(backfillBodySchema, 'input'),
            },
          },
        },
        responses: answered(202, backfillStartedSchema),
      },
    },
    '/rebuild': {
      post: {
        summary: 'Reads all deliveries again, and makes all facts anew',
        responses: answered(202, rebuildSchema),
      },
    },
    '/webhooks/{source}': {
      post: {
        summary: 'Takes a signed delivery; each source has its own signature',
        security: [],
        parameters: [
          {
            name: 'source',
            in: 'path',
            required: true,
            schema: { type: 'string' },
          },
        ],
        requestBody: { content: { 'application/json': { schema: {} } } },
        responses: {
          202: { description: 'It is kept.' },
          400: { description: 'The body cannot be read.' },
          401: { description: 'It is not signed.' },
          403: { description: 'The signature is wrong.' },
          413: { description: 'It is too large.' },
          429: { description: 'Too many come from this address.' },
        },
      },
    },
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

function answered(status: number, answer: z.ZodType): JsonObject {
  return {
    [status]: {
      description: 'Done.',
      content: { 'application/json': { schema: jsonSchema(answer, 'output') } },
    },
    ...Object.fromEntries(
      Object.entries(ERRORS).map(([code, description]) => [
        code,
        { description },
      ]),
    ),
  };
}

function parametersOf(query: z.ZodType): JsonObject[] {
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

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io }) as JsonObject;
  return rest;
}
