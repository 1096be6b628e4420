import {
  rolloutPageSchema,
  rolloutRequestSchema,
  rolloutRetrySchema,
  rolloutsSchema,
  snoozedQuerySchema,
  snoozeRequestSchema,
  snoozeSchema,
} from '@waymark/backstage-plugin-golden-paths-common';
import { z } from 'zod';

const ID = z.object({ id: z.string() });
const NOTHING = z.object({});

/** How the document says things. */
interface Words {
  answered(answer: z.ZodType, more?: object): object;
  asked(summary: string, body: z.ZodType, answer: z.ZodType): object;
  parametersOf(shape: z.ZodType, place: 'path' | 'query'): object[];
}

/** Rollouts and snoozes, for the OpenAPI document. */
export function rolloutPaths({ answered, asked, parametersOf }: Words) {
  const deed = (summary: string, body: z.ZodType = NOTHING) => ({
    post: {
      ...asked(summary, body, rolloutPageSchema),
      parameters: parametersOf(ID, 'path'),
    },
  });
  const missing = { 404: 'There is none that the caller may see.' };
  return {
    '/rollouts': {
      get: {
        summary: 'Rollouts of new versions, the newest first',
        responses: answered(rolloutsSchema),
      },
      post: asked(
        'Begins to bring the newest version of a golden path to its services, with one of them; for the platform team',
        rolloutRequestSchema,
        rolloutPageSchema,
      ),
    },
    '/rollouts/{id}': {
      get: {
        parameters: parametersOf(ID, 'path'),
        summary: 'How far a rollout is, service by service',
        responses: answered(rolloutPageSchema, missing),
      },
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
      delete: {
        summary: 'Puts it off no longer',
        parameters: parametersOf(snoozedQuerySchema, 'query'),
        responses: ended(answered(z.null(), missing)),
      },
    },
  };
}

/** With nothing in its answer. */
function ended(responses: object): object {
  const { 200: _, ...errors } = responses as Record<string, object>;
  return { 204: { description: 'Done.' }, ...errors };
}
