import { complianceCohortsSchema } from '@waymark/backstage-plugin-compliance-common';
import {
  cohortsSchema,
  newcomersSchema,
} from '@waymark/backstage-plugin-dora-common';
import { z } from 'zod';
import { FUNNEL_STEPS } from './adoption';
import { spreadSchema, templateSchema, windowSchema } from './api';

const count = z.number().int().min(0);
const templateRef = z
  .string()
  .max(300)
  .regex(/^template:[^/\s]+\/[^/\s]+$/i, 'must be a template');

/** Why another part of the portal does not say. */
export const SILENCES = ['absent', 'denied', 'failed'] as const;
export type Silence = (typeof SILENCES)[number];

/** What another part of the portal said, or why it did not. */
const said = <T extends z.ZodType>(answer: T) =>
  z.discriminatedUnion('known', [
    z.object({ known: z.literal(true), answer }),
    z.object({ known: z.literal(false), why: z.enum(SILENCES) }),
  ]);

/** Body of `POST /visits`: nothing in it says who it was. */
export const visitSchema = z
  .object({
    /** Random, made anew each time that a form is opened. */
    visit: z.uuid(),
    templateRef,
    step: z.enum(['opened', 'started']),
  })
  .strict();

/** Answer of `GET /funnel`. */
export const funnelSchema = z.object({
  window: windowSchema,
  steps: z.array(
    z.object({
      step: z.enum(FUNNEL_STEPS),
      /** Null where it is not known, which is not 0. */
      n: count.nullable(),
      /** In seconds. */
      time: spreadSchema.extend({ since: z.enum(FUNNEL_STEPS) }).nullable(),
    }),
  ),
  /** Since when opened forms are counted; there may have been more before. */
  visitsSince: z.iso.datetime(),
  /** How many services were asked after; the newest, where there are more. */
  asked: z.object({ count, total: count }),
  /** Why delivery says nothing of the last two; null where it does. */
  silence: z.enum(SILENCES).nullable(),
  newcomers: said(newcomersSchema),
});

/** Answer of `GET /outcomes`. */
export const outcomesSchema = z.object({
  window: windowSchema,
  delivery: said(cohortsSchema),
  compliance: said(complianceCohortsSchema),
});

/** Answer of `GET /templates/:namespace/:name`. */
export const templatePageSchema = templateSchema.extend({
  window: windowSchema,
  description: z.string().nullable(),
  /** Where its files are, for people. */
  sourceUrl: z.string().nullable(),
  active: z.object({ count, limit: count }),
  /** Its runs, by when they were asked for. */
  byMonth: z.array(
    z.object({
      month: z.string(),
      partial: z.boolean(),
      started: count,
      succeeded: count,
      failed: count,
    }),
  ),
});

export type Visit = z.infer<typeof visitSchema>;
export type FunnelAnswer = z.infer<typeof funnelSchema>;
export type OutcomesAnswer = z.infer<typeof outcomesSchema>;
export type TemplatePageAnswer = z.infer<typeof templatePageSchema>;
