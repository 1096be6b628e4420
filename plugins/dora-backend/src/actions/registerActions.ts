import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { InputError } from '@backstage/errors';
import {
  doraReadPermission,
  EXPLAINED_KINDS,
  explainQuerySchema,
  METRIC_NAMES,
  OUTCOMES,
} from '@waymark/backstage-plugin-dora-common';
import { parse, Visibility } from '@waymark/backstage-plugin-insights-node';
import { readRef, Scopes } from '../api/Scopes';
import { Explainer } from '../explain/Explainer';
import { DeliveryMetrics } from '../read-models/DeliveryMetrics';
import { DeploymentList } from '../read-models/DeploymentList';
import { UNITS, valueOf } from './values';

const DAY = 24 * 3_600_000;
/** What an answer may hold: more does not help who reads it. */
const MOST = 50;

const attributes = { readOnly: true, destructive: false, idempotent: true };

/** The registry's own zod, which is of another version than ours. */
type Zod = Parameters<
  Parameters<ActionsRegistryService['register']>[0]['schema']['input']
>[0];

const scopeShape = (z: Zod) => ({
  entityRef: z
    .string()
    .max(300)
    .optional()
    .describe('A component, such as component:default/pricing-service'),
  owner: z
    .string()
    .max(300)
    .optional()
    .describe('A team, such as group:default/checkout'),
});

const daysOf = (z: Zod, otherwise: number) =>
  z
    .number()
    .int()
    .min(1)
    .max(730)
    .default(otherwise)
    .describe('How many days back from now');

/** Offers delivery metrics to programs that speak for a person. */
export function registerActions(
  registry: ActionsRegistryService,
  services: {
    scopes: Scopes;
    visibility: Visibility;
    metrics: DeliveryMetrics;
    lists: { deployments: DeploymentList };
    explainer: Explainer;
  },
): void {
  const { scopes, visibility, metrics, lists, explainer } = services;

  const meantBy = (
    { entityRef, owner }: { entityRef?: string; owner?: string },
    caller: BackstageCredentials,
  ) => {
    if ((entityRef === undefined) === (owner === undefined)) {
      throw new InputError('Say either an entityRef or an owner');
    }
    return scopes.of({ entityRef, owner }, caller);
  };

  registry.register({
    name: 'read-metrics',
    title: 'Read the delivery metrics of a component or a team',
    description:
      'The five DORA metrics of the last days: deployment frequency, change lead time, change fail rate, recovery time of failed deployments and rework rate. Each comes with its unit, how many events it rests on (n) and its value in as many days before; without data it says why instead. With small n a difference may be chance.',
    visibilityPermission: doraReadPermission,
    attributes,
    schema: {
      input: z => z.object({ ...scopeShape(z), days: daysOf(z, 90) }),
      output: z =>
        z.object({
          from: z.string(),
          to: z.string(),
          components: z.number(),
          metrics: z.array(
            z.object({
              metric: z.string(),
              unit: z.string(),
              value: z.number().optional(),
              n: z.number(),
              noData: z.string().optional(),
              before: z.number().optional(),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const meant = await meantBy(input, credentials);
      const to = Date.now();
      const from = to - input.days * DAY;
      const window = { from, to, timeZone: 'UTC', interval: 'month' as const };
      const answer = await metrics.of(meant, window, 'apart');
      return {
        output: {
          from: answer.window.from,
          to: answer.window.to,
          components: answer.components,
          metrics: METRIC_NAMES.map(metric => {
            const result = answer.metrics[metric];
            const value = valueOf(result);
            const before = valueOf(answer.previous[metric]);
            return {
              metric,
              unit: UNITS[metric],
              ...(value !== undefined && { value }),
              n: result.n,
              ...(result.status === 'no-data' && { noData: result.why }),
              ...(before !== undefined && { before }),
            };
          }),
        },
      };
    },
  });

  registry.register({
    name: 'list-deployments',
    title: 'List the last deployments of a component or a team',
    description:
      'Deployments that began in the last days, latest first, with where they went, whether they succeeded, how many changes reached production with each, and why one counts as failed.',
    visibilityPermission: doraReadPermission,
    attributes,
    schema: {
      input: z =>
        z.object({
          ...scopeShape(z),
          days: daysOf(z, 30),
          limit: z.number().int().min(1).max(MOST).default(20),
        }),
      output: z =>
        z.object({
          total: z.number(),
          deployments: z.array(
            z.object({
              entityRef: z.string(),
              environment: z.string(),
              production: z.boolean(),
              sha: z.string().optional(),
              startedAt: z.string(),
              finishedAt: z.string().optional(),
              result: z.string().optional().describe('None while it runs'),
              kind: z.string(),
              changes: z.number(),
              failedBecause: z.string().optional(),
              url: z.string().optional(),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const { refs } = await meantBy(input, credentials);
      const to = Date.now();
      const from = to - input.days * DAY;
      const { limit } = input;
      const { items, total } = await lists.deployments.page({
        refs,
        from,
        to,
        limit,
      });
      return {
        output: {
          total,
          deployments: items.map(one => ({
            entityRef: one.entityRef,
            environment: one.environment,
            production: one.production,
            ...(one.sha && { sha: one.sha }),
            startedAt: one.startedAt,
            ...(one.finishedAt && { finishedAt: one.finishedAt }),
            ...(one.result && { result: one.result }),
            kind: one.kind,
            changes: one.changes,
            ...(one.failure && { failedBecause: one.failure.reason }),
            ...(one.url && { url: one.url }),
          })),
        },
      };
    },
  });

  registry.register({
    name: 'explain-counts',
    title: 'Explain what was counted for a component, and why',
    description:
      'Which rules hold for a component (what is production, a deployment, an incident, a change) and who says so; and for each of its last events whether it was counted in the delivery metrics, step by step. Ask it when a number looks wrong or is missing.',
    visibilityPermission: doraReadPermission,
    attributes,
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .max(300)
            .describe('Such as component:default/pricing-service'),
          kind: z.enum(EXPLAINED_KINDS).optional(),
          outcome: z.enum(OUTCOMES).optional(),
          limit: z.number().int().min(1).max(MOST).default(20),
        }),
      output: z =>
        z.object({
          entityRef: z.string(),
          rules: z.array(
            z.object({
              question: z.string(),
              answer: z.string(),
              from: z.string().describe('Configuration or annotation'),
            }),
          ),
          problems: z.array(z.string()),
          counts: z.record(z.string(), z.number()),
          total: z.number(),
          events: z.array(
            z.object({
              kind: z.string(),
              at: z.string(),
              title: z.string(),
              url: z.string().optional(),
              outcome: z.string(),
              steps: z.array(z.string()),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const entityRef = readRef(input, 'entityRef')!;
      await visibility.see(entityRef, credentials);
      const query = parse(explainQuerySchema, input);
      const answer = await explainer.of(entityRef, query);
      return {
        output: {
          entityRef,
          rules: answer.rules.map(({ question, answer: said, from }) => ({
            question,
            answer: said,
            from: from.of ? `${from.name} of ${from.of}` : from.name,
          })),
          problems: answer.problems,
          counts: answer.counts,
          total: answer.total,
          events: answer.items.map(({ id, steps, ...event }) => ({
            ...event,
            steps: steps.map(({ text }) => text),
          })),
        },
      };
    },
  });
}
