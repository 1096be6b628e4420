import { z } from 'zod';

/** Longest time that an upgrade is put off at once. */
export const MOST_SNOOZE_DAYS = 180;

const component = z
  .string()
  .max(300)
  .regex(/^component:[^/\s]+\/[^/\s]+$/i, 'must be a component');

/** Body of `POST /snoozes`. */
export const snoozeRequestSchema = z
  .object({
    entityRef: component,
    reason: z.string().trim().min(3).max(1000),
    /** The last day, such as 2026-12-31. */
    until: z.iso.date(),
  })
  .strict();

/** Query of `DELETE /snoozes`. */
export const snoozedQuerySchema = z.object({ entityRef: component }).strict();

/** An upgrade that was put off: to this version, and until this day. */
export const snoozeSchema = z.object({
  entityRef: z.string(),
  version: z.string(),
  reason: z.string(),
  until: z.iso.date(),
  by: z.string(),
  at: z.iso.datetime(),
});

export type SnoozeRequest = z.output<typeof snoozeRequestSchema>;
export type Snooze = z.infer<typeof snoozeSchema>;

/** Whether it still puts off an upgrade to this version. */
export function snoozes(
  { version, until }: Pick<Snooze, 'version' | 'until'>,
  newest: string | null | undefined,
  today: string,
): boolean {
  return version === newest && today <= until;
}
