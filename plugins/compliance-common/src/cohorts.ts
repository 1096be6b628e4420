import { z } from 'zod';

const count = z.number().int().min(0);
const score = z.number().min(0).max(100);

/** Answer of `GET /cohorts`: what golden paths made beside what they did not. */
export const complianceCohortsSchema = z.object({
  cohorts: z.array(
    z.object({
      name: z.enum(['golden-path', 'bespoke']),
      components: count,
      /** Those of them that have a score. */
      scored: count,
      /** Of all together, passed over counted weight; null where none has one. */
      score: score.nullable(),
      /** Over components, each of them one value; null where none has one. */
      spread: z.object({ p25: score, p50: score, p75: score }).nullable(),
    }),
  ),
});

export type ComplianceCohorts = z.infer<typeof complianceCohortsSchema>;
