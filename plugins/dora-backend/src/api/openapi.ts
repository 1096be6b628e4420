import {
  changesQuerySchema,
  changesSchema,
  cohortsQuerySchema,
  cohortsSchema,
  deploymentsQuerySchema,
  deploymentsSchema,
  explainQuerySchema,
  explainSchema,
  firstsRequestSchema,
  firstsSchema,
  incidentsQuerySchema,
  incidentsSchema,
  metricsQuerySchema,
  metricsSchema,
  newcomersQuerySchema,
  newcomersSchema,
} from '@waymark/backstage-plugin-dora-common';
import {
  openApiDocument,
  operation,
} from '@waymark/backstage-plugin-insights-node';
import { z } from 'zod';
import {
  backfillSchema,
  backfillStartedSchema,
  deliveriesSchema,
  rebuildSchema,
  replayedSchema,
} from './answers';
import { backfillBodySchema, backfillQuerySchema } from './backfill';
import { deliveriesQuerySchema } from './deliveries';

const read = (summary: string, query: z.ZodType, body: z.ZodType) => ({
  get: operation(summary, { query }, { body }),
});

/** What each answers, for those who call it by hand or by a generated client. */
export const apiDocument = openApiDocument(
  'dora',
  {
    title: 'Delivery metrics',
    description:
      'The five DORA metrics of what the caller may see, and the deployments, changes and incidents behind each value.',
  },
  {
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
    '/firsts': {
      post: operation(
        'First change and first deployment to production of components, after they were made',
        { body: firstsRequestSchema },
        { body: firstsSchema },
      ),
    },
    '/newcomers': read(
      'How soon people who are new have merged ten pull requests; nobody is named',
      newcomersQuerySchema,
      newcomersSchema,
    ),
    '/deliveries': read(
      'Webhooks that were acknowledged, and what came of each',
      deliveriesQuerySchema,
      deliveriesSchema,
    ),
    '/deliveries/{id}/replay': {
      post: operation(
        'Reads a delivery again',
        { path: ['id'] },
        { status: 202, body: replayedSchema },
      ),
    },
    '/backfill': {
      ...read(
        'How far the history of each repository was fetched',
        backfillQuerySchema,
        backfillSchema,
      ),
      post: operation(
        'Fetches the history again, of one repository or all',
        { body: backfillBodySchema },
        { status: 202, body: backfillStartedSchema },
      ),
    },
    '/rebuild': {
      post: operation(
        'Reads all deliveries again, and makes all facts anew',
        {},
        { status: 202, body: rebuildSchema },
      ),
    },
    '/webhooks/{source}': {
      post: {
        ...operation(
          'Takes a signed delivery; each source has its own signature',
          { path: ['source'], body: z.unknown() },
          {
            status: 202,
            more: {
              400: 'The body cannot be read.',
              401: 'It is not signed.',
              403: 'The signature is wrong.',
              413: 'It is too large.',
              429: 'Too many come from this address.',
            },
          },
        ),
        security: [],
      },
    },
  },
);
