import { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import { AnswerProblem } from '@waymark/backstage-plugin-golden-paths-common';
import { z } from 'zod';

/** One of the engine's schema errors, as far as it is read here. */
export const refusedAnswerSchema = z.object({
  path: z.array(z.union([z.string(), z.number()])).default([]),
  /** The keyword of JSON Schema that does not hold. */
  name: z.string().optional(),
  argument: z.unknown(),
  message: z.string(),
});

/** One of the engine's schema errors. */
export type RefusedAnswer = z.infer<typeof refusedAnswerSchema>;

const fieldSchema = z.object({
  title: z.string().optional(),
  errorMessage: z.record(z.string(), z.string()).optional(),
});
const pageSchema = z.object({
  properties: z.record(z.string(), z.unknown()).optional(),
});

/** Says in the form's own words what is wrong with the answers. */
export function answerProblems(
  template: TemplateEntityV1beta3,
  errors: RefusedAnswer[],
): AnswerProblem[] {
  return errors.map(({ path, name, argument, message }) => {
    const missing = name === 'required' && path.length === 0;
    const field = missing ? argument : path[0];
    if (typeof field !== 'string') return { title: 'The answers', message };
    const { title = field, errorMessage } = readField(template, field);
    return {
      field,
      title,
      message: missing
        ? 'An answer is needed.'
        : errorMessage?.[name ?? ''] ?? `It ${message}.`,
    };
  });
}

function readField(template: TemplateEntityV1beta3, field: string) {
  for (const page of [template.spec.parameters ?? []].flat()) {
    const { properties } = pageSchema.catch({}).parse(page);
    if (properties && Object.hasOwn(properties, field)) {
      return fieldSchema.catch({}).parse(properties[field]);
    }
  }
  return {};
}
