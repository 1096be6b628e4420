import { z } from 'zod';
import { changeSchema, deploymentSchema, incidentSchema } from './facts';
import { FAILURE_REASONS } from './metrics/failures';
import { CHANGES_COUNTED, DEPLOYMENTS_COUNTED } from './metrics/evidence';
import { BOTS } from './metrics/leadTime';
import { COHORT_KEYS, COHORTS } from './metrics/cohorts';
import { fiveSchema } from './metrics/results';
import {
  INTERVALS,
  intervalsOf,
  isTimeZone,
  MAX_INTERVALS,
  parseEdge,
} from './metrics/window';

const ref = z.string().min(1).max(300);

/** Whose facts are meant: one of them; without one, the whole company's. */
const scopeShape = {
  entityRef: ref.optional(),
  owner: ref.optional(),
  system: ref.optional(),
  cohort: z.enum(COHORTS).optional(),
};

const windowShape = {
  /** A day, or an instant with its offset. */
  from: z.string().min(1),
  /** Not included. */
  to: z.string().min(1),
  /** IANA name. */
  timeZone: z.string().default('UTC').refine(isTimeZone, {
    message: 'must be an IANA time zone such as Europe/Berlin',
  }),
};

interface Scope {
  entityRef?: string;
  owner?: string;
  system?: string;
  cohort?: string;
}

const ONE_SCOPE = {
  message: 'give one of entityRef, owner, system and cohort, or none',
};

function hasOneScope({ entityRef, owner, system, cohort }: Scope): boolean {
  const given = [entityRef, owner, system, cohort].filter(
    value => value !== undefined,
  );
  return given.length <= 1;
}

/** Reads both edges in the time zone, or says which of them is none. */
function readEdges(
  query: { from: string; to: string; timeZone: string },
  context: z.RefinementCtx,
): { from: number; to: number } | undefined {
  const from = parseEdge(query.from, query.timeZone);
  const to = parseEdge(query.to, query.timeZone);
  const problem = (path: string, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message });
  const form =
    'must be a day such as 2026-03-29, or an instant with its offset';
  if (from === undefined) problem('from', form);
  if (to === undefined) problem('to', form);
  if (from === undefined || to === undefined) return undefined;
  if (to <= from) problem('to', 'must be after from');
  return to <= from ? undefined : { from, to };
}

/** Query of `GET /metrics`; its edges come out as milliseconds. */
export const metricsQuerySchema = z
  .object({
    ...scopeShape,
    ...windowShape,
    interval: z.enum(INTERVALS).default('week'),
    bots: z.enum(BOTS).default('apart'),
  })
  .refine(hasOneScope, ONE_SCOPE)
  .transform((query, context) => {
    const edges = readEdges(query, context);
    if (!edges) return z.NEVER;
    const window = { ...query, ...edges };
    // A bound that costs nothing to check: no interval is longer than 31 days.
    const atLeast = (edges.to - edges.from) / (31 * 86_400_000);
    if (atLeast > MAX_INTERVALS || intervalsOf(window).length > MAX_INTERVALS) {
      context.addIssue({
        code: 'custom',
        path: ['interval'],
        message: `makes more than ${MAX_INTERVALS} points: take a longer one`,
      });
      return z.NEVER;
    }
    return window;
  });

const instant = z.string();

/** Which rows of a list a value was made of. */
const evidenceSchema = z.object({
  resource: z.enum(['deployments', 'changes', 'incidents']),
  /** Value of the list's parameter `counted`. */
  counted: z.string(),
});

/** What each metric opens: the list with the rows that were counted. */
export const EVIDENCE = {
  deploymentFrequency: { resource: 'deployments', counted: 'successful' },
  leadTime: { resource: 'changes', counted: 'lead-time' },
  recoveryTime: { resource: 'deployments', counted: 'recovered' },
  changeFailRate: { resource: 'deployments', counted: 'failed' },
  reworkRate: { resource: 'deployments', counted: 'unplanned' },
} as const;

/** From `from` up to before `to`, in seconds; the last has no end. */
const bucketSchema = z.object({
  from: z.number(),
  to: z.number().optional(),
  n: z.number().int(),
});

/** Answer of `GET /metrics`. */
export const metricsSchema = z.object({
  window: z.object({
    from: instant,
    to: instant,
    timeZone: z.string(),
    interval: z.enum(INTERVALS),
  }),
  /** Until when facts were looked at. */
  asOf: instant,
  /** How many components they are of, those without facts included. */
  components: z.number().int(),
  metrics: fiveSchema,
  /** Of as many days before the window: one's own past comes first. */
  previous: fiveSchema,
  evidence: z.record(z.string(), evidenceSchema),
  /** By how long it took; empty buckets included. */
  distribution: z.object({
    leadTime: z.array(bucketSchema),
    recoveryTime: z.array(bucketSchema),
  }),
  series: z.array(
    z.object({
      label: z.string(),
      from: instant,
      to: instant,
      partial: z.boolean(),
      metrics: fiveSchema,
    }),
  ),
});

const spreadSchema = z.object({
  n: z.number().int(),
  p25: z.number(),
  p50: z.number(),
  p75: z.number(),
});

/** Query of `GET /cohorts`. */
export const cohortsQuerySchema = z
  .object({
    ...windowShape,
    by: z.enum(COHORT_KEYS).default('path'),
    bots: z.enum(BOTS).default('apart'),
  })
  .transform((query, context) => {
    const edges = readEdges(query, context);
    return edges ? { ...query, ...edges } : z.NEVER;
  });

/** Answer of `GET /cohorts`. */
export const cohortsSchema = z.object({
  /** To be shown with the figures. */
  bias: z.string(),
  cohorts: z.array(
    z.object({
      name: z.string(),
      components: z.number().int(),
      small: z.boolean(),
      ageDays: z.number().optional(),
      metrics: fiveSchema,
      spread: z.record(z.string(), spreadSchema),
    }),
  ),
});

const pageShape = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** `next` of the answer before. */
  cursor: z.string().max(200).optional(),
};

function listShape<T extends readonly [string, ...string[]]>(counted: T) {
  return {
    ...scopeShape,
    ...windowShape,
    ...pageShape,
    /** Without it all of the window, also those that count for nothing. */
    counted: z.enum(counted).optional(),
  };
}

type ListParameters = Scope & { from: string; to: string; timeZone: string };

function listQuery<T extends ListParameters, I>(schema: z.ZodType<T, I>) {
  return schema.refine(hasOneScope, ONE_SCOPE).transform((query, context) => {
    const edges = readEdges(query, context);
    if (!edges) return z.NEVER;
    const { from: _from, to: _to, ...rest } = query;
    return { ...rest, ...edges };
  });
}

function page<T extends z.ZodType>(item: T) {
  return z.object({
    /** Latest first. */
    items: z.array(item),
    total: z.number().int(),
    /** Left out on the last page. */
    next: z.string().optional(),
  });
}

export const INCIDENTS_COUNTED = ['linked', 'unlinked', 'open'] as const;

/** Query of `GET /deployments`. */
export const deploymentsQuerySchema = listQuery(
  z.object(listShape(DEPLOYMENTS_COUNTED)),
);
/** Query of `GET /changes`. */
export const changesQuerySchema = listQuery(
  z
    .object({
      ...listShape(CHANGES_COUNTED),
      /** Whose changes were counted. */
      bots: z.enum(BOTS).default('apart'),
      /** What this deployment brought, whenever it was merged. */
      deployment: z.string().min(1).max(64).optional(),
    })
    .refine(({ counted, deployment }) => !(counted && deployment), {
      path: ['deployment'],
      message: 'not together with counted',
    }),
);
/** Query of `GET /incidents`. */
export const incidentsQuerySchema = listQuery(
  z.object(listShape(INCIDENTS_COUNTED)),
);

/** Answer of `GET /deployments`. */
export const deploymentsSchema = page(
  deploymentSchema.extend({
    /** Deployments with the same one are counted once. */
    rolloutId: z.string().optional(),
    /** Why it counts as failed. */
    failure: z
      .object({
        reason: z.enum(FAILURE_REASONS),
        incidentIds: z.array(z.string()),
        /** Those of them that are of the components that were asked for. */
        incidents: z.array(
          incidentSchema.pick({ id: true, title: true, url: true }),
        ),
        since: instant,
        recoveredAt: instant.optional(),
      })
      .optional(),
    changes: z.number().int(),
  }),
);

const duration = z.number().min(0);

/** Answer of `GET /changes`. */
export const changesSchema = page(
  changeSchema.extend({
    /** In seconds; left out while it waits, and where a clock was wrong. */
    lead: z
      .object({
        total: duration,
        coding: duration.optional(),
        review: duration.optional(),
        deploy: duration,
      })
      .optional(),
    clockFault: z.boolean(),
  }),
);

/** Answer of `GET /incidents`. */
export const incidentsSchema = page(incidentSchema);

export type MetricsQuery = z.infer<typeof metricsQuerySchema>;
export type MetricsAnswer = z.infer<typeof metricsSchema>;
export type CohortsQuery = z.infer<typeof cohortsQuerySchema>;
export type CohortsAnswer = z.infer<typeof cohortsSchema>;
export type DeploymentsQuery = z.infer<typeof deploymentsQuerySchema>;
export type DeploymentsPage = z.infer<typeof deploymentsSchema>;
export type ChangesQuery = z.infer<typeof changesQuerySchema>;
export type ChangesPage = z.infer<typeof changesSchema>;
export type IncidentsQuery = z.infer<typeof incidentsQuerySchema>;
export type IncidentsPage = z.infer<typeof incidentsSchema>;
