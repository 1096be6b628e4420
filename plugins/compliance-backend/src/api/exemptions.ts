import { HttpAuthService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  exemptionDecidePermission,
  exemptionDecisionSchema,
  EXEMPTION_STATES,
  exemptionRequestPermission,
  exemptionRequestSchema,
  Exemption,
} from '@waymark/backstage-plugin-compliance-common';
import {
  parse,
  refSchema,
  Visibility,
} from '@waymark/backstage-plugin-insights-node';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { Exemptions } from '../exemptions/Exemptions';

export const exemptionsQuerySchema = z
  .object({
    state: z.enum(EXEMPTION_STATES).optional(),
    entityRef: refSchema.optional(),
  })
  .strict();
export const exportQuerySchema = z
  .object({ complete: z.enum(['true', 'false']).optional() })
  .strict();
const idSchema = z.uuid('There is no such exemption');
const requestSchema = exemptionRequestSchema.extend({ entityRef: refSchema });

/**
 * `GET /exemptions?state=&entityRef=`: those of components the caller may see.
 * `POST /exemptions`: asks for one, for a component of one's own group.
 * `POST /exemptions/:id/decision`: approves, denies or ends one; to end it is also
 * for the group that owns the component.
 * `GET /exemptions/export?complete=true`: what holds today, for bundles; with
 * `complete` refused to callers who would get a part of it.
 */
export function exemptionRoutes(options: {
  httpAuth: HttpAuthService;
  visibility: Visibility;
  exemptions: Exemptions;
}): Router {
  const { httpAuth, visibility, exemptions } = options;
  const router = PromiseRouter();

  router.get('/exemptions', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const filter = parse(exemptionsQuerySchema, request.query);
    const visible = await visibility.of(credentials);
    const items: Exemption[] = await exemptions.list(filter, visible);
    response.json({ items });
  });

  router.get('/exemptions/export', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { complete } = parse(exportQuerySchema, request.query);
    const visible = await visibility.of(credentials);
    if (complete === 'true' && visible !== 'all') {
      throw new NotAllowedError('You may not read every component');
    }
    response.json(await exemptions.export(visible));
  });

  router.post('/exemptions', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const body = parse(requestSchema, request.body);
    await visibility.require(
      exemptionRequestPermission,
      credentials,
      'ask for exemptions',
    );
    const made = await exemptions.request(body, { credentials, request });
    response.status(201).json(made);
  });

  router.post('/exemptions/:id/decision', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const id = parse(idSchema, request.params.id);
    const body = parse(exemptionDecisionSchema, request.body);
    const decides = await visibility.may(
      exemptionDecidePermission,
      credentials,
    );
    if (!decides) {
      const [permission, what] =
        body.decision === 'end'
          ? ([exemptionRequestPermission, 'end exemptions'] as const)
          : ([exemptionDecidePermission, 'decide on exemptions'] as const);
      await visibility.require(permission, credentials, what);
    }
    const decided = await exemptions.decide(
      id,
      body,
      { credentials, request },
      decides ? 'platform' : 'owner',
    );
    response.json(decided);
  });

  return router;
}
