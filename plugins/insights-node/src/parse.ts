import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** @throws InputError that names what is wrong */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const at = issue.path.join('.');
  throw new InputError(at ? `${at}: ${issue.message}` : issue.message);
}

/** An entity reference, completed and in small letters. */
export const refSchema = z
  .string()
  .max(300)
  .transform((text, context) => {
    try {
      return stringifyEntityRef(parseEntityRef(text));
    } catch {
      context.addIssue({
        code: 'custom',
        message: 'must be such as component:default/pricing-service',
      });
      return z.NEVER;
    }
  });
