import { z } from 'zod';

/** What can be said of a component by a rule. */
export const OUTCOMES = [
  'pass',
  'fail',
  /** What the rule reads could not be learned, or the rule itself broke down. */
  'unknown',
  /** Fails, and the platform team has allowed it until a day. */
  'exempt',
  'not-applicable',
] as const;

/** A place where a rule is broken. */
export const findingSchema = z.object({
  message: z.string(),
  /** Below the repository's root. */
  file: z.string().optional(),
  /** From 1. */
  line: z.number().int().positive().optional(),
  /** The value that is wrong, for people; never a secret's. */
  value: z.string().optional(),
});

/** What a rule says of a component. */
export const verdictSchema = z.object({
  rule: z.string(),
  outcome: z.enum(OUTCOMES),
  /** One at least where it fails or is exempt. */
  findings: z.array(findingSchema),
  /** Why it is unknown, exempt or not applicable. */
  reason: z.string().optional(),
  /** Last day of the exemption, `2026-12-31`. */
  exemptUntil: z.string().optional(),
});

export type Outcome = (typeof OUTCOMES)[number];
export type Finding = z.infer<typeof findingSchema>;
export type Verdict = z.infer<typeof verdictSchema>;
