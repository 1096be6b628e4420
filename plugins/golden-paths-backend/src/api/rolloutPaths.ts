import {
  rolloutPageSchema,
  rolloutRequestSchema,
  rolloutRetrySchema,
  rolloutsSchema,
  snoozedQuerySchema,
  snoozeRequestSchema,
  snoozeSchema,
} from '@waymark/backstage-plugin-golden-paths-common';
import { operation } from '@waymark/backstage-plugin-insights-node';
import { z } from 'zod';
import { asked, NOT_FOUND } from './describe';

const ID = ['id'];

const deed = (summary: string, body: z.ZodType = z.object({})) => ({
  post: asked(summary, body, rolloutPageSchema, ID),
});

/** Rollouts and snoozes, for the OpenAPI document. */
export const rolloutPaths = {
  '/rollouts': {
    get: operation(
      'Rollouts of new versions, the newest first',
      {},
      { body: rolloutsSchema },
    ),
    post: asked(
      'Begins to bring the newest version of a golden path to its services, with one of them; for the platform team',
      rolloutRequestSchema,
      rolloutPageSchema,
    ),
  },
  '/rollouts/{id}': {
    get: operation(
      'How far a rollout is, service by service',
      { path: ID },
      { body: rolloutPageSchema, more: NOT_FOUND },
    ),
  },
  '/rollouts/{id}/go-on': deed(
    'Goes on with one that waits or was paused; for the platform team',
  ),
  '/rollouts/{id}/pause': deed(
    'Begins nothing more until told to go on; for the platform team',
  ),
  '/rollouts/{id}/stop': deed(
    'Ends one: the services that are left are left out; for the platform team',
  ),
  '/rollouts/{id}/retry': deed(
    'Does again what failed, or what is named; for the platform team',
    rolloutRetrySchema,
  ),
  '/snoozes': {
    post: asked(
      'Puts off the upgrade of a service to the newest version; for its owners and the platform team',
      snoozeRequestSchema,
      snoozeSchema,
    ),
    delete: operation(
      'Puts it off no longer',
      { query: snoozedQuerySchema },
      { status: 204, more: NOT_FOUND },
    ),
  },
};
