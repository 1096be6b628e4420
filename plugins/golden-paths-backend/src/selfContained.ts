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
  /^(publish|github|gitlab|notification):|^(catalog|waymark:catalog):register$/;

/**
 * Whether a dry run of the template reads nothing but the template's own files
 * and the answers, so that whoever may see the template may see what it makes.
 * Anything else, such as another address or who asks, needs that person's rights.
 */
export function isSelfContained({ spec }: WithSteps): boolean {
  return (
    !/\$\{\{[^}]*\b(user|secrets|backstageToken)\b/.test(
      JSON.stringify(spec),
    ) &&
    spec.steps.every(({ action, input }) =>
      WRITES.has(action)
        ? input?.url === undefined || isBeside(input.url)
        : LEFT_OUT.test(action),
    )
  );
}

function isBeside(url: unknown): boolean {
  return typeof url === 'string' && /^\.\//.test(url) && !url.includes('${{');
}
