import {
  INTERVALS,
  intervalsOf,
  isTimeZone,
  parseEdge,
} from '@waymark/backstage-plugin-dora-common';
import { z } from 'zod';
import { OUTCOMES, PHASES, STANDINGS } from './adoption';
import { LIFECYCLES } from './annotations';
import { snoozeSchema } from './snoozes';
import { openedUpgradeSchema } from './upgrades';

/** Ten years of months are more than a chart shows. */
const MOST_MONTHS = 120;
const DAY = 86_400_000;
/** A window that nobody named: the last 90 days. */
const USUAL_DAYS = 90;
/** Items of a page that nobody gave a limit. */
const USUAL_LIMIT = 100;

const count = z.number().int().min(0);
const ref = z.string().min(1).max(300);
const edge = z
  .string()
  .min(1)
  .max(40)
  .optional()
  .describe('A day such as 2026-03-29, or an instant with its offset');

const windowShape = {
  from: edge,
  to: edge,
  timeZone: z
    .string()
    .max(100)
    .default('UTC')
    .refine(isTimeZone, {
      message: 'must be an IANA time zone such as Europe/Berlin',
    })
    .describe('Whose days and months are meant'),
};

/** Query of `GET /adoption` and `GET /templates`; 90 days where none is given. */
export const windowQuerySchema = z
  .object(windowShape)
  .strict()
  .transform((query, context) => {
    const { timeZone } = query;
    const read = (name: 'from' | 'to', usual: number) => {
      const text = query[name];
      if (text === undefined) return usual;
      const at = parseEdge(text, timeZone);
      if (at === undefined) {
        context.addIssue({
          code: 'custom',
          path: [name],
          message:
            'must be a day such as 2026-03-29, or an instant with its offset',
        });
      }
      return at ?? NaN;
    };
    const to = read('to', Date.now());
    const from = read('from', to - USUAL_DAYS * DAY);
    if (Number.isNaN(from) || Number.isNaN(to)) return z.NEVER;
    const window = { from, to, timeZone };
    const months = (to - from) / (31 * DAY);
    const problem =
      to <= from
        ? 'must be after from'
        : (months > MOST_MONTHS ||
            intervalsOf({ ...window, interval: INTERVALS[2] }).length >
              MOST_MONTHS) &&
          `must be no more than ${MOST_MONTHS} months after from`;
    if (!problem) return window;
    context.addIssue({ code: 'custom', path: ['to'], message: problem });
    return z.NEVER;
  });

/** Of what an answer speaks. */
export const windowSchema = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  timeZone: z.string(),
});

const shareSchema = z.object({
  /** 0..1; null where there is nothing to take a share of. */
  value: z.number().min(0).max(1).nullable(),
  n: count,
  golden: count,
});

const runsSchema = z.object({
  started: count,
  succeeded: count,
  failed: count,
  cancelled: count,
  open: count,
});

const seconds = z.number().min(0).nullable();
/** Of durations in seconds. */
export const spreadSchema = z.object({ n: count, p50: seconds, p95: seconds });

/** How runs went. */
const wentShape = {
  runs: runsSchema,
  success: z.object({ value: z.number().min(0).max(1).nullable(), n: count }),
  /** In seconds. */
  times: z.object({ total: spreadSchema, wait: spreadSchema }),
  failures: z.array(
    z.object({
      id: z.string().nullable(),
      name: z.string().nullable(),
      failures: count,
      taskId: z.string(),
      at: z.iso.datetime(),
    }),
  ),
};

/** Answer of `GET /adoption`. */
export const adoptionSchema = z.object({
  window: windowSchema,
  /** What the company aims at, 0..1. */
  target: z.number().min(0).max(1),
  /** Types of components that count as services. */
  types: z.array(z.string()),
  share: shareSchema,
  today: shareSchema,
  unknownAge: count,
  byTeam: z.array(
    z.object({
      owner: z.string().nullable(),
      share: shareSchema,
      today: shareSchema,
    }),
  ),
  byMonth: z.array(
    z.object({ month: z.string(), partial: z.boolean(), share: shareSchema }),
  ),
  fate: z.object({
    created: count,
    onPath: count,
    drifting: count,
    offRoad: count,
    gone: count,
    unknown: count,
  }),
  ...wentShape,
});

/** A golden path, and how it does. */
export const templateSchema = z.object({
  templateRef: z.string(),
  title: z.string(),
  owner: z.string().nullable(),
  type: z.string().nullable(),
  version: z.string().nullable(),
  lifecycle: z.enum(LIFECYCLES),
  phase: z.enum(PHASES),
  sunset: z.string().nullable(),
  successor: z.string().nullable(),
  /** When it was first known here; null where it was there before. */
  since: z.iso.datetime().nullable(),
  ...wentShape,
  services: z.array(z.object({ version: z.string().nullable(), count })),
  drifting: count,
  timeSaved: z.object({ seconds, perCreation: seconds, n: count }),
});

/** Answer of `GET /templates`. */
export const templatesSchema = z.object({
  window: windowSchema,
  /** Golden paths in use, and how many there should be at most. */
  active: z.object({ count, limit: count }),
  items: z.array(templateSchema),
});

/** Query of `GET /drift`. */
export const driftQuerySchema = z
  .object({
    owner: ref.optional(),
    templateRef: ref.optional(),
    standing: z.enum(STANDINGS).optional(),
    offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
    limit: z.coerce.number().int().min(1).max(1000).default(USUAL_LIMIT),
  })
  .strict();

/** Query of `GET /drift.csv`: all of them. */
export const driftCsvQuerySchema = driftQuerySchema.omit({
  offset: true,
  limit: true,
});

const positionShape = {
  standing: z.enum(STANDINGS),
  /** Versions between both; null where not known. */
  behind: count.nullable(),
};

const driftItemSchema = z.object({
  entityRef: z.string(),
  title: z.string().nullable(),
  owner: z.string().nullable(),
  templateRef: z.string(),
  version: z.string().nullable(),
  newest: z.string().nullable(),
  ...positionShape,
  /** Its upgrade to the newest version is put off. */
  snooze: snoozeSchema.nullable(),
  /** The pull request that upgrades it and is open. */
  upgrade: openedUpgradeSchema.nullable(),
});

/** Answer of `GET /drift`; those furthest behind first. */
export const driftSchema = z.object({
  /** How many there are of these. */
  total: count,
  /** Of all that match but for the standing asked for. */
  counts: z.record(z.enum(STANDINGS), count),
  items: z.array(driftItemSchema),
});

const creationSchema = z.object({
  taskId: z.string(),
  templateRef: z.string(),
  version: z.string().nullable(),
  commit: z.string().nullable(),
  userRef: z.string().nullable(),
  queuedAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  outcome: z.enum(OUTCOMES),
  repositoryUrl: z.string().nullable(),
  /** The answers of the form; null for who may not read the task. */
  inputs: z.record(z.string(), z.unknown()).nullable(),
  /** Names of answers that were kept nowhere, as they may be secret. */
  leftOut: z.array(z.string()).nullable(),
});

/** Answer of `GET /provenance/:kind/:namespace/:name`. */
export const provenanceSchema = z.object({
  entityRef: z.string(),
  /** What the entity itself says; null where it names no template. */
  stated: z
    .object({
      templateRef: z.string(),
      version: z.string().nullable(),
      newest: z.string().nullable(),
      /** The template's title; null where the caller may not see it. */
      title: z.string().nullable(),
      ...positionShape,
      /** It was there before, and was put on the template's path later. */
      adopted: z.boolean(),
      /** Its upgrade to the newest version is put off. */
      snooze: snoozeSchema.nullable(),
    })
    .nullable(),
  /** The run that made it; null where none was recorded. */
  creation: creationSchema.nullable(),
});

export type WindowQuery = z.output<typeof windowQuerySchema>;
export type AdoptionAnswer = z.infer<typeof adoptionSchema>;
export type TemplatesAnswer = z.infer<typeof templatesSchema>;
export type TemplateAnswer = z.infer<typeof templateSchema>;
export type DriftQuery = z.output<typeof driftQuerySchema>;
export type DriftAnswer = z.infer<typeof driftSchema>;
export type DriftItem = z.infer<typeof driftItemSchema>;
export type CreationAnswer = z.infer<typeof creationSchema>;
export type ProvenanceAnswer = z.infer<typeof provenanceSchema>;
