import { HttpAuthService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  OUTCOMES,
  RulePage,
  RulesAnswer,
} from '@waymark/backstage-plugin-compliance-common';
import { parse, Visibility } from '@waymark/backstage-plugin-insights-node';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { RulesInForce } from '../campaigns/RulesInForce';
import { noOutcomes, RuleOverview } from '../verdicts/RuleOverview';
import { groupSchema, pageSchema } from './parse';

export const ruleQuerySchema = z
  .object({
    ...pageSchema,
    outcome: z.enum(OUTCOMES).optional(),
    owner: groupSchema.optional(),
  })
  .strict();

/**
 * `GET /rules`: all rules, and how many components have each outcome.
 * `GET /rules/:id`: one of them, and what it says of which component.
 */
export function ruleRoutes(options: {
  httpAuth: HttpAuthService;
  visibility: Visibility;
  inForce: RulesInForce;
  rules: RuleOverview;
}): Router {
  const { httpAuth, visibility, inForce, rules } = options;
  const router = PromiseRouter();

  router.get('/rules', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    parse(z.object({}).strict(), request.query);
    const outcomes = await rules.outcomes(await visibility.of(credentials));
    const now = await inForce.now();
    const answer: RulesAnswer = {
      revision: now.revision,
      rules: now.rules.map(rule => ({
        ...rule,
        outcomes: outcomes.get(rule.id) ?? noOutcomes(),
      })),
    };
    response.json(answer);
  });

  router.get('/rules/:id', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parse(ruleQuerySchema, request.query);
    const { id } = request.params;
    const visible = await visibility.of(credentials);
    const now = await inForce.now();
    const rule = now.rules.find(one => one.id === id);
    if (!rule) throw new NotFoundError(`There is no rule ${id}`);
    const [outcomes, page] = await Promise.all([
      rules.outcomes(visible, id),
      rules.components(id, query, visible),
    ]);
    const answer: RulePage = {
      rule: { ...rule, outcomes: outcomes.get(id) ?? noOutcomes() },
      ...page,
    };
    response.json(answer);
  });

  return router;
}
