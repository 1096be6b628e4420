import { WithSteps } from '@waymark/backstage-plugin-golden-paths-node';

/** Steps that write what lies beside the template, or what they are told. */
const WRITES = new Set([
  'debug:log',
  'fetch:plain',
  'fetch:plain:file',
  'fetch:template',
  'fetch:template:file',
  'fs:delete',
  'fs:rename',
  'waymark:template:origin',
]);

/** Steps that a dry run leaves out. */
const LEFT_OUT =
  /^(publish|(waymark:)?github|gitlab|notification):|^(waymark:)?catalog:register$/;

const ASKS_WHO = /\$\{\{[^}]*\b(user|secrets|backstageToken)\b/;

/**
 * Whether a dry run of the template reads nothing but the template's own files
 * and the answers, so that whoever may see the template may see what it makes.
 * Anything else, such as another address or who asks, needs that person's rights.
 */
export function isSelfContained({ spec }: WithSteps): boolean {
  return spec.steps.every(step =>
    WRITES.has(step.action)
      ? (step.input?.url === undefined || isBeside(step.input.url)) &&
        !ASKS_WHO.test(JSON.stringify(step))
      : LEFT_OUT.test(step.action),
  );
}

function isBeside(url: unknown): boolean {
  return typeof url === 'string' && /^\.\//.test(url) && !url.includes('${{');
}
