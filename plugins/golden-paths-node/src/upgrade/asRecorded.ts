import { ScaffoldEnvironment } from '@waymark/backstage-plugin-golden-paths-common';
import { WithSteps } from '../template';

const ORIGIN = 'waymark:template:origin';
const NO_COMMIT = '0'.repeat(40);
const EXPRESSION = /\$\{\{[^]*?\}\}/g;

/**
 * The template as it was rendered at a commit and with a portal's configuration
 * of the record, whichever portal renders it now.
 *
 * @param of - its addresses are checked to hold no quotes: they go into expressions
 */
export function asRecorded<T extends WithSteps>(
  template: T,
  of: { commit: string | undefined; environment: ScaffoldEnvironment },
): T {
  const values: Record<string, string> = {
    ...of.environment,
    templateCommit: of.commit ?? NO_COMMIT,
  };
  const origins = template.spec.steps
    .filter(({ action }) => action === ORIGIN)
    .map(({ id }) => id)
    .filter(id => id !== undefined);
  const fill = (expression: string) => {
    const filled = expression.replace(
      /(?<![\w.])waymark\.(\w+)\b/g,
      (all, name) =>
        Object.hasOwn(values, name) ? JSON.stringify(values[name]) : all,
    );
    return origins.reduce(
      (text, id) =>
        [`.${id}`, `['${id}']`, `["${id}"]`].reduce(
          (one, key) =>
            one.replaceAll(
              `steps${key}.output.commit`,
              JSON.stringify(values.templateCommit),
            ),
          text,
        ),
      filled,
    );
  };
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replace(EXPRESSION, fill);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, walk(item)]),
    );
  };
  const steps = template.spec.steps.map(step =>
    step.action === ORIGIN ? step : (walk(step) as typeof step),
  );
  return { ...template, spec: { ...template.spec, steps } };
}
