import { z } from 'zod';

/** RFC 3339 in UTC. */
export const instant = z.string();

/** `2026-12-31`. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day such as 2026-12-31');

export const entityRef = z.string().min(1);
