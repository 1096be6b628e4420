import {
  FactErrors,
  Facts,
  Part,
  PARTS,
  Rule,
} from '@waymark/backstage-plugin-compliance-common';

/** Why a rule cannot be asked about a component. */
export interface Unasked {
  outcome: 'unknown' | 'not-applicable';
  reason: string;
}

const NAMES: Record<Part, string> = {
  catalog: 'catalog entry',
  repository: 'repository',
  manifest: 'chart or manifests',
  delivery: 'Git host',
  slo: 'objectives and alerts',
};

const NO_MANIFESTS =
  'The component has no chart, and no manifests of something that runs.';

/** Whether what a rule needs is known: nothing where it is. */
export function missing(
  { input, needs }: Rule,
  facts: Facts,
  errors: FactErrors,
): Unasked | undefined {
  const wanted = [...new Set([input as string, ...needs])];
  const parts = wanted.map(partOf);
  const none = parts.find(part => facts[part] === null);
  if (none) {
    const reason =
      none === 'manifest' ? NO_MANIFESTS : 'The component has no repository.';
    return { outcome: 'not-applicable', reason };
  }
  const unknown = unknownOf(wanted, facts, errors);
  if (unknown !== undefined) return { outcome: 'unknown', reason: unknown };
  if (parts.includes('manifest') && facts.manifest?.releases.length === 0) {
    const reason = facts.manifest.none ?? NO_MANIFESTS;
    return { outcome: 'not-applicable', reason };
  }
  return unreadable(wanted, facts);
}

/** Why a rule that is not kept by what is known may be kept all the same. */
export function undecided(
  { needsToFail = [] }: Rule,
  facts: Facts,
  errors: FactErrors,
): string | undefined {
  return unknownOf(needsToFail, facts, errors);
}

/** Why the first of these is not known. */
function unknownOf(
  needs: readonly string[],
  facts: Facts,
  errors: FactErrors,
): string | undefined {
  const unknown = needs.find(need => !isKnown(need, facts));
  if (!unknown) return undefined;
  const part = partOf(unknown);
  return (
    errors[part] ??
    (facts[part] === undefined
      ? `Nothing is known yet of its ${NAMES[part]}.`
      : `${unknown} is not known.`)
  );
}

function partOf(need: string): Part {
  const [name] = need.split(/[.:]/);
  return PARTS.find(part => part === name) ?? 'catalog';
}

/** Whether there is a value at a path, be it null. */
function isKnown(need: string, facts: Facts): boolean {
  let value: unknown = facts;
  for (const step of need.replace(/:.*$/, '').split('.')) {
    if (value === null) return true;
    if (typeof value !== 'object') return false;
    value = (value as Record<string, unknown>)[step];
  }
  return value !== undefined;
}

/** `repository:.github/workflows/*.yml`: files that a rule must be able to read. */
function unreadable(
  needs: readonly string[],
  { repository }: Facts,
): Unasked | undefined {
  for (const need of needs.filter(one => one.startsWith('repository:'))) {
    const pattern = new RegExp(
      `^${need
        .slice('repository:'.length)
        .split('*')
        .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
        .join('[^/]*')}$`,
    );
    const file = repository?.files.find(
      ({ path, error }) => error && pattern.test(path),
    );
    if (file) {
      return { outcome: 'unknown', reason: `${file.path} ${file.error}` };
    }
  }
  return undefined;
}
