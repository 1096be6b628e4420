import {
  adoptionSchema,
  driftQuerySchema,
  driftSchema,
  openedUpgradeSchema,
  previewRequestSchema,
  previewSchema,
  provenanceSchema,
  templatesSchema,
  upgradePreviewSchema,
  upgradeRequestSchema,
  upgradesQuerySchema,
  upgradesSchema,
  windowQuerySchema,
} from '@waymark/backstage-plugin-golden-paths-common';
import { z } from 'zod';
import { insightPaths } from '../insights/openapi';
import { adoptionPaths } from './adoptionPaths';
import { rolloutPaths } from './rolloutPaths';

interface JsonObject {
  [key: string]: unknown;
}

const ERRORS = {
  400: 'What is asked cannot be answered; the message names the parameter.',
  401: 'No valid credentials.',
  403: 'The caller may not do this.',
};
const NOT_FOUND = { 404: 'There is no such entity that the caller may see.' };

const read = (summary: string, query: z.ZodType, answer: z.ZodType) => ({
  get: {
    summary,
    parameters: parametersOf(query, 'query'),
    responses: answered(answer),
  },
});

const asked = (summary: string, body: z.ZodType, answer: z.ZodType) => ({
  summary,
  requestBody: {
    required: true,
    content: { 'application/json': { schema: jsonSchema(body, 'input') } },
  },
  responses: answered(answer, {
    ...NOT_FOUND,
    409: 'It cannot be done; the message says why.',
    413: 'The body is too large.',
    503: 'It takes too long, or too many are asked for at once.',
  }),
});

/** What each answers, for those who call it by hand or by a generated client. */
export const apiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Golden paths',
    version: '1.0.0',
    description:
      'What golden paths would make, what they made, and how far they are taken; each of what the caller may see.',
  },
  servers: [{ url: '/api/golden-paths' }],
  security: [{ backstage: [] }],
  paths: {
    '/adoption': read(
      'Share of new services that golden paths made, by team and month, and what became of them',
      windowQuerySchema,
      adoptionSchema,
    ),
    '/templates': read(
      'Each golden path: its runs, how long they took, what failed, and the services made from it',
      windowQuerySchema,
      templatesSchema,
    ),
    '/drift': read(
      'Services and the version of the golden path they are made from, furthest behind first',
      driftQuerySchema,
      driftSchema,
    ),
    '/provenance/{kind}/{namespace}/{name}': {
      get: {
        summary:
          'Where an entity came from: what it says, and the run that made it',
        parameters: parametersOf(
          z.object({
            kind: z.string(),
            namespace: z.string(),
            name: z.string(),
          }),
          'path',
        ),
        responses: answered(provenanceSchema, NOT_FOUND),
      },
    },
    '/preview': {
      post: asked(
        'The files that a golden path would make of these answers',
        previewRequestSchema,
        previewSchema,
      ),
    },
    '/upgrades': {
      ...read(
        'Pull requests that upgrade services, the newest first',
        upgradesQuerySchema,
        upgradesSchema,
      ),
      post: asked(
        'Offers the newest version of its golden path to a service, by a pull request; one that is open is brought up to date',
        upgradeRequestSchema,
        openedUpgradeSchema,
      ),
    },
    '/upgrades/preview': {
      post: asked(
        'What the pull request would change',
        upgradeRequestSchema,
        upgradePreviewSchema,
      ),
    },
    ...insightPaths({ answered, asked, parametersOf, read }),
    ...adoptionPaths({ asked, read }),
    ...rolloutPaths({ answered, asked, parametersOf }),
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

function answered(answer: z.ZodType, more: JsonObject = {}): JsonObject {
  const schema = jsonSchema(answer, 'output');
  const errors = Object.entries({ ...ERRORS, ...more });
  return {
    200: { description: 'Done.', content: { 'application/json': { schema } } },
    ...Object.fromEntries(
      errors.map(([code, description]) => [code, { description }]),
    ),
  };
}

function parametersOf(shape: z.ZodType, place: 'path' | 'query'): JsonObject[] {
  const { properties = {}, required = [] } = jsonSchema(shape, 'input') as {
    properties?: Record<string, JsonObject>;
    required?: string[];
  };
  return Object.entries(properties).map(
    ([name, { description, ...schema }]) => ({
      name,
      in: place,
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
